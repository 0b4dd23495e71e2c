package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.JobStatus;
import dev.millrace.runtime.JobStatus.CheckpointStatus;
import dev.millrace.runtime.JobStatus.TableCount;
import dev.millrace.schema.TableId;
import dev.millrace.spi.SourceProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void showsTheSnapshotWithItsRateAndTheTimeLeft() {
        Progress progress = new Progress(console(watched(70)));

        progress.update(snapshot(0, 0));
        progress.update(snapshot(2, 40_000));

        assertThat(Screen.after(output())).isEqualTo("""
                shop  snapshot  00:00:02
                  snapshot   ██████████░░░░░░░░░░░░░░ 40 %  2 of 5 tables, about 3.0…
                  read       40 000 rows, 20 000 rows/s, 8.0 MB, 4.0 MB/s
                  committed  10 000 rows, checkpoint 7 1.0 s ago in 120 ms""");
    }

    @Test
    void showsTheLagOnceItStreams() {
        Progress progress = new Progress(console(watched(100)));

        progress.update(streaming(0, 100));
        progress.update(streaming(10, 1_100));

        assertThat(Screen.after(output())).isEqualTo("""
                shop  streaming  00:00:10
                  read       1 100 rows, 100 rows/s, 220.0 KB, 20.0 KB/s
                  lag        1.5 s, 64.0 KB
                  committed  10 000 rows, checkpoint 7 9.0 s ago in 120 ms""".replace("220.0", "220"));
    }

    @Test
    void keepsMessagesAboveWhatItDraws() {
        Console console = console(watched(60));
        Progress progress = new Progress(console);
        progress.update(streaming(0, 100));
        console.message("first message");
        progress.update(streaming(1, 200));
        console.message("second message");

        List<String> lines = Screen.after(output()).lines().toList();
        assertThat(lines.subList(0, 3)).containsExactly("first message", "second message", "shop  streaming  00:00:01");

        console.endLive();
        assertThat(Screen.after(output())).isEqualTo("first message\nsecond message");
    }

    @Test
    void drawsEachFrameInOneWriteSoThatItDoesNotFlicker() {
        int[] writes = new int[1];
        PrintStream counting = new PrintStream(
                new java.io.BufferedOutputStream(
                        new java.io.OutputStream() {
                            @Override
                            public void write(int b) {
                                writes[0]++;
                            }

                            @Override
                            public void write(byte[] bytes, int from, int length) {
                                writes[0]++;
                            }
                        },
                        65536),
                false,
                StandardCharsets.UTF_8);
        Progress progress = new Progress(new Console(counting, counting, watched(80), InstantSource.system()));

        progress.update(streaming(0, 100));
        progress.update(streaming(1, 200));

        assertThat(writes[0]).isEqualTo(2);
    }

    @Test
    void printsALineWhenThePhaseChangesAndElseEveryTenSeconds() {
        Progress progress = new Progress(console(Terminal.none()));

        for (int second = 0; second <= 25; second++) {
            progress.update(second < 3 ? snapshot(second, second * 1000L) : streaming(second, second * 1000L));
        }

        assertThat(output().lines())
                .hasSize(4)
                .first()
                .asString()
                .isEqualTo(
                        "shop: snapshot, 2 of 5 tables, 0 %, 0 rows, 0 rows/s, 0 B, 0 B/s, 10 000 rows committed, checkpoint 7 at 0/1A2B");
        assertThat(output()).doesNotContain("\u001b");
    }

    @Test
    void startsItsRatesAnewWhenTheCountsDo() {
        Meter meter = new Meter();
        meter.of(streaming(0, 1_000_000));

        Figures figures = meter.of(streaming(1, 10));

        assertThat(figures.rowsASecond()).isZero();
        assertThat(meter.of(streaming(2, 110)).rowsASecond()).isEqualTo(100);
    }

    @Test
    void saysNothingAboutWhatIsNotKnown() {
        SourceProgress unknown = new SourceProgress(SourceProgress.Phase.SNAPSHOT, 5, 2, -1, 400, -1, -1);
        Figures figures = Figures.average(status(3, 400, unknown));

        assertThat(ProgressText.line(figures))
                .isEqualTo(
                        "shop: snapshot, 2 of 5 tables, 400 rows, 133 rows/s, 80.0 KB, 26.7 KB/s, 10 000 rows committed, checkpoint 7 at 0/1A2B");
        assertThat(figures.fields())
                .containsEntry("lagBytes", Optional.empty())
                .containsEntry("snapshotRowsExpected", Optional.empty());
        JsonText.parse(Json.write(figures.fields()));
    }

    @Test
    void detectsNoTerminalWhereTheLauncherSaysSo() {
        assertThat(Terminal.detect(Map.of("CDC_TTY", "0", "CDC_TTY_OUT", "0"))).isEqualTo(Terminal.none());
        assertThat(Terminal.detect(Map.of("CDC_TTY", "1", "CDC_TTY_OUT", "0", "COLUMNS", "72")))
                .isEqualTo(new Terminal(true, false, true, 72));
        assertThat(Terminal.detect(Map.of("CDC_TTY", "1", "COLUMNS", "5", "NO_COLOR", "1"))
                        .color())
                .isFalse();
        assertThat(Terminal.detect(Map.of("CDC_TTY", "1", "TERM", "dumb")).errorsSeen())
                .isFalse();
    }

    private static JobStatus snapshot(int second, long rows) {
        return status(second, rows, new SourceProgress(SourceProgress.Phase.SNAPSHOT, 5, 2, 100_000, rows, -1, -1));
    }

    private static JobStatus streaming(int second, long rows) {
        return status(second, rows, new SourceProgress(SourceProgress.Phase.STREAMING, 5, 5, -1, 0, 64_000, 1_500_000));
    }

    private static JobStatus status(int second, long rows, SourceProgress source) {
        return new JobStatus(
                "shop",
                JobStatus.Phase.RUNNING,
                START.plusSeconds(second),
                START,
                source,
                List.of(new TableCount(TableId.of("shop", "orders"), rows, rows * 200, 10_000, 2_000_000)),
                List.of(),
                Optional.of(new CheckpointStatus(
                        7, START.plusSeconds(1), Duration.ofMillis(120), 1000, "0/1A2B", 1_767_225_600_000_000L, true)),
                0,
                Optional.empty());
    }

    private Console console(Terminal terminal) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Console(stream, stream, terminal, InstantSource.system());
    }

    private static Terminal watched(int width) {
        return new Terminal(true, true, false, width);
    }

    private String output() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
