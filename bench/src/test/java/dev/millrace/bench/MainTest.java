package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private static final Path INSTALLED = Path.of("..", "dist", "target", "install", "bin", "cdc");

    /** The command is the one that the build has just made. */
    @Test
    void measuresSeveralSizesInOneRun() {
        assertThat(INSTALLED).isExecutable();

        int exit = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(
                        "--cdc",
                        INSTALLED.toString(),
                        "--rows",
                        "1000,2000",
                        "--rounds",
                        "1",
                        "--only",
                        "copy-2,snapshot-nothing,stream-nothing,resume-nothing");

        assertThat(exit).isZero();
    }
}
