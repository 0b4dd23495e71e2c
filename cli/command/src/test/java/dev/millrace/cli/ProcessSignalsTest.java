package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessSignalsTest {
    /** A process that says when it listens and each time that it is asked to end, and ends where its input does. */
    static final class Listener {
        private Listener() {}

        public static void main(String[] arguments) throws Exception {
            new ProcessSignals().onFirst(() -> System.out.println("asked"));
            System.out.println("listening");
            System.in.read();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "TERM", "INT"})
    void asksOnceForSignalsThatComeTogetherAndEndsAtALaterOne(String signal) throws Exception {
        // Whoever runs the tests may be started to ignore one of them, as nohup does, and a child would inherit that.
        Process process = new ProcessBuilder(
                        "perl",
                        "-e",
                        "$SIG{$_} = 'DEFAULT' for qw(HUP TERM INT); exec @ARGV",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Listener.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("listening");

            kill(signal, process);
            assertThat(out.readLine()).isEqualTo("asked");
            kill("TERM", process);
            assertThat(process.waitFor(1200, TimeUnit.MILLISECONDS)).isFalse();
            kill(signal, process);

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .isEqualTo(
                            switch (signal) {
                                case "HUP" -> 129;
                                case "INT" -> 130;
                                default -> 143;
                            });
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void kill(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
