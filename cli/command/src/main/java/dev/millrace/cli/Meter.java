package dev.millrace.cli;

import dev.millrace.runtime.JobStatus;
import dev.millrace.spi.SourceProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** Makes rates out of totals, over the last seconds. Confined to one thread. */
final class Meter {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final Deque<Sample> samples = new ArrayDeque<>();

    Figures of(JobStatus status) {
        Figures totals = new Figures(status, 0, 0, OptionalLong.empty());
        Sample now = new Sample(
                status.at(),
                totals.rowsRead(),
                totals.bytesRead(),
                status.source().rowsRead());
        if (!samples.isEmpty() && now.rows < samples.getLast().rows) {
            samples.clear();
        }
        samples.addLast(now);
        while (samples.size() > 2 && samples.getFirst().at.isBefore(now.at.minus(WINDOW))) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        double seconds = Duration.between(first.at, now.at).toMillis() / 1000.0;
        if (seconds <= 0) {
            return totals;
        }
        return new Figures(
                status,
                (now.rows - first.rows) / seconds,
                (now.bytes - first.bytes) / seconds,
                eta(status.source(), (now.snapshotRows - first.snapshotRows) / seconds));
    }

    private static OptionalLong eta(SourceProgress source, double snapshotRowsASecond) {
        long left = source.rowsExpected() - source.rowsRead();
        boolean unknown = source.phase() != SourceProgress.Phase.SNAPSHOT
                || source.rowsExpected() < 0
                || left < 0
                || snapshotRowsASecond <= 0;
        return unknown ? OptionalLong.empty() : OptionalLong.of(Math.round(left / snapshotRowsASecond));
    }

    private record Sample(Instant at, long rows, long bytes, long snapshotRows) {}
}
