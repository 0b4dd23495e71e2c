package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellFilesTest {
    @TempDir
    private Path folder;

    @Test
    void writesAManPageForEveryCommand() throws Exception {
        ShellFiles.main(new String[] {folder.toString()});

        for (String command : List.of("run", "check", "status", "show", "manifest", "drop")) {
            assertThat(folder.resolve("man1/cdc-" + command + ".1"))
                    .content()
                    .startsWith(".TH \"CDC-" + command.toUpperCase(java.util.Locale.ROOT) + "\" \"1\"")
                    .contains(".SH SYNOPSIS\ncdc " + command + " [OPTIONS] FILE")
                    .contains("\\fB\\-\\-env\\-file\\fR \\fIFILE\\fR");
        }
        assertThat(folder.resolve("man1/cdc.1"))
                .content()
                .contains("\\fBcdc\\-manifest\\fR(1)")
                .contains("cdc COMMAND");
    }

    @Test
    void writesCompletionThatBashUnderstands() throws Exception {
        ShellFiles.main(new String[] {folder.toString()});
        String script = "source '" + folder.resolve("cdc.bash") + "' && "
                + "COMP_WORDS=(cdc run --un) COMP_CWORD=2 COMP_LINE='cdc run --un' && _complete_cdc && echo \"${COMPREPLY[@]}\"";

        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).isZero();
        assertThat(answer.strip()).isEqualTo("--until-caught-up");
    }
}
