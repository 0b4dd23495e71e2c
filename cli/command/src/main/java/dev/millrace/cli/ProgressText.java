package dev.millrace.cli;

import dev.millrace.runtime.JobStatus.CheckpointStatus;
import dev.millrace.spi.SourceProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what a run is doing. */
final class ProgressText {
    private static final int BAR = 24;

    private ProgressText() {}

    /** A line for a log. */
    static String line(Figures figures) {
        List<String> parts = new ArrayList<>();
        SourceProgress source = figures.status().source();
        if (figures.isSnapshot()) {
            parts.add(source.tablesDone() + " of " + source.tables() + " tables");
            figures.snapshotShare().ifPresent(share -> parts.add(percent(share)));
            figures.etaSeconds()
                    .ifPresent(eta -> parts.add("about " + Quantity.duration(Duration.ofSeconds(eta)) + " left"));
        }
        parts.add(read(figures));
        if (!figures.isSnapshot() && source.lagMicros() >= 0) {
            parts.add("lag " + lag(source));
        }
        parts.add(Quantity.count(figures.rowsCommitted()) + " rows committed");
        figures.status()
                .checkpoint()
                .ifPresent(checkpoint ->
                        parts.add("checkpoint " + checkpoint.id() + " at " + checkpoint.sourcePosition()));
        return figures.status().pipeline() + ": " + figures.phase() + ", " + String.join(", ", parts);
    }

    /** Lines for a person who watches. */
    static List<String> block(Figures figures, Console console) {
        List<String> lines = new ArrayList<>();
        SourceProgress source = figures.status().source();
        String restarts = figures.status().restarts() == 0
                ? ""
                : console.styled(Console.Style.YELLOW, "  " + figures.status().restarts() + " restarts");
        lines.add(figures.status().pipeline() + "  " + figures.phase() + "  " + clock(figures.elapsed()) + restarts);
        if (figures.isSnapshot()) {
            String share = figures.snapshotShare().isPresent()
                    ? bar(figures.snapshotShare().getAsDouble()) + "  "
                    : "";
            String eta = figures.etaSeconds().isPresent()
                    ? ", about "
                            + Quantity.duration(
                                    Duration.ofSeconds(figures.etaSeconds().getAsLong())) + " left"
                    : "";
            lines.add("  snapshot   " + share + source.tablesDone() + " of " + source.tables() + " tables" + eta);
        }
        lines.add("  read       " + read(figures));
        if (!figures.isSnapshot() && source.lagMicros() >= 0) {
            lines.add("  lag        " + lag(source));
        }
        lines.add("  committed  " + Quantity.count(figures.rowsCommitted()) + " rows"
                + figures.status()
                        .checkpoint()
                        .map(checkpoint ->
                                ", " + checkpoint(checkpoint, figures.status().at()))
                        .orElse(""));
        return lines;
    }

    private static String read(Figures figures) {
        return Quantity.count(figures.rowsRead()) + " rows, " + Quantity.count(figures.rowsASecond()) + " rows/s, "
                + Quantity.bytes(figures.bytesRead()) + ", " + Quantity.bytes(figures.bytesASecond()) + "/s";
    }

    private static String lag(SourceProgress source) {
        String time = Quantity.duration(Duration.ofNanos(source.lagMicros() * 1000));
        return source.lagBytes() < 0 ? time : time + ", " + Quantity.bytes(source.lagBytes());
    }

    private static String checkpoint(CheckpointStatus checkpoint, Instant now) {
        Duration age = Duration.between(checkpoint.committedAt(), now);
        return "checkpoint " + checkpoint.id() + " " + Quantity.duration(age.isNegative() ? Duration.ZERO : age)
                + " ago in " + Quantity.duration(checkpoint.duration());
    }

    private static String bar(double share) {
        int full = (int) Math.round(share * BAR);
        return "█".repeat(full) + "░".repeat(BAR - full) + " " + percent(share);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    private static String clock(Duration elapsed) {
        return String.format(
                Locale.ROOT, "%02d:%02d:%02d", elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart());
    }
}
