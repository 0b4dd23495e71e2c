package dev.millrace.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.measure.Cost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Results results = new Results();

    @Test
    void takesTheStartOffBeforeItCompares() {
        results.add(Bout.COPY_2, cost(1000, 10_000, 1_000));
        results.add(Bout.START_NOTHING, cost(1, 2_000, 1_500));
        results.add(Bout.SNAPSHOT_NOTHING, cost(1000, 12_000, 2_700));

        String text = new Report(results).text();

        assertThat(text)
                .containsPattern("Millrace, snapshot into nothing .* 1\\.00 +1\\.20")
                .containsPattern("snapshot into nothing: at least 85 % .* 100 % +pass");
    }

    @Test
    void saysWhichTargetIsMissed() {
        results.add(Bout.RECVLOGICAL, cost(1000, 1_000, 3));
        results.add(Bout.STREAM_NOTHING, cost(1000, 2_000, 4));

        assertThat(new Report(results).text())
                .containsPattern("no slower than pg_recvlogical .* 50 % +short")
                .containsPattern("at most 3 µs of client CPU a row .* 4\\.0 µs +short")
                .containsPattern("snapshot into nothing: .* not run");
    }

    @Test
    void writesMarkdown() {
        results.add(Bout.COPY_1, cost(1000, 1_000, 1));

        assertThat(new Report(results).markdown())
                .contains("| `COPY BINARY`, 1 connection, counting bytes | 1,000 (1,000 to 1,000) | 0 |");
    }

    private static Cost cost(long rows, long wallMillis, long clientMillis) {
        return new Cost(
                rows,
                300 * rows,
                Duration.ofMillis(wallMillis),
                Duration.ofMillis(clientMillis),
                Duration.ZERO,
                5_000_000);
    }
}
