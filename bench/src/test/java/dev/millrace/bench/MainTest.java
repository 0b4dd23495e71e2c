package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
    private static final Path INSTALLED = Path.of("..", "dist", "target", "install", "bin", "cdc");

    /** The command is the one that the build has just made. */
    @ParameterizedTest
    @CsvSource({
        "postgres, 'copy-2,snapshot-nothing,stream-nothing,resume-nothing'",
        "mysql, 'select-2,mysqlbinlog,debezium,paimon-changes'",
        "mariadb, 'select-1'"
    })
    void measuresSeveralSizesInOneRun(String source, String bouts) {
        assertThat(INSTALLED).isExecutable();

        int exit = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(
                        "--cdc",
                        INSTALLED.toString(),
                        "--source",
                        source,
                        "--rows",
                        "1000,2000",
                        "--rounds",
                        "1",
                        "--only",
                        bouts);

        assertThat(exit).isZero();
    }
}
