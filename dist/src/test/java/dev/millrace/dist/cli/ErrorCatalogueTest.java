package dev.millrace.dist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.millrace.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ErrorCatalogueTest {
    private static final Path CATALOGUE = Path.of("../docs/manual/errors.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([A-Z0-9]+-\\d+)` \\| (\\w+) \\| (\\w+) \\| \\S.* \\|$");

    @Test
    void listsEveryCodeWithItsOwnerAndWhatFollows() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(CATALOGUE))
                .results()
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();
        List<String> codes = codes().map(code -> code.id() + " " + lower(code.owner()) + " " + lower(code.remedy()))
                .toList();

        assertThat(codes).hasSizeGreaterThan(40);
        assertThat(rows)
                .as("docs/manual/errors.md has a line for each code of the ErrorCode enums, and no other")
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void givesNoCodeTwice() {
        assertThat(codes().map(ErrorCode::id)).doesNotHaveDuplicates();
    }

    private static Stream<ErrorCode> codes() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.millrace").stream()
                        .filter(type -> type.isAssignableTo(ErrorCode.class) && type.isEnum())
                        .map(JavaClass::reflect)
                        .flatMap(type -> Stream.of(Objects.requireNonNull(type.getEnumConstants())))
                        .map(ErrorCode.class::cast);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
