package dev.millrace.dist.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String PRODUCT = "dev.millrace";
    private static final String BROKEN = "dev.millrace.dist.fixture";

    /** What only tests use, and servers, play another process: they make their own clocks and threads. */
    private static final Pattern NOT_RUN_BY_USERS = Pattern.compile(".*/dev/millrace/(dist|testkit|servers|bench)/.*");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(place -> !place.matches(NOT_RUN_BY_USERS))
            .importPackages(PRODUCT);

    private static final JavaClasses BROKEN_CLASSES = new ClassFileImporter().importPackages(BROKEN);

    static Stream<Map.Entry<String, ArchRule>> productRules() {
        return rules(PRODUCT);
    }

    static Stream<Map.Entry<String, ArchRule>> rulesForBrokenClasses() {
        return rules(BROKEN);
    }

    private static Stream<Map.Entry<String, ArchRule>> rules(String root) {
        return Stream.concat(
                new Directions(root).rules().entrySet().stream(), new Shapes(root).rules().entrySet().stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("productRules")
    void productKeepsTheRule(Map.Entry<String, ArchRule> rule) {
        rule.getValue().check(CLASSES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesForBrokenClasses")
    void ruleFailsForClassesThatBreakIt(Map.Entry<String, ArchRule> rule) {
        assertThat(rule.getValue().evaluate(BROKEN_CLASSES).hasViolation())
                .as(rule.getKey())
                .isTrue();
    }

    @Test
    void everyPartIsThereToBeChecked() {
        assertThat(Stream.of(
                                "schema",
                                "model",
                                "spi",
                                "definition",
                                "runtime",
                                "source.relational",
                                "source.postgres",
                                "source.mysql",
                                "sink.paimon",
                                "s3",
                                "state.s3",
                                "cli")
                        .map(part -> PRODUCT + "." + part))
                .allSatisfy(part -> assertThat(CLASSES.stream())
                        .anyMatch(type -> type.getPackageName().equals(part)
                                && !type.getSimpleName().equals("package-info")));
    }
}
