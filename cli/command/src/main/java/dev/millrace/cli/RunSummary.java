package dev.millrace.cli;

import dev.millrace.runtime.JobOutcome;
import dev.millrace.runtime.JobStatus.CheckpointStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last words of a run. */
final class RunSummary {
    private RunSummary() {}

    static void print(Console console, JobOutcome outcome, Progress progress) {
        console.endLive();
        progress.latest().ifPresent(figures -> {
            Map<String, Object> fields = new LinkedHashMap<>(figures.fields());
            fields.put("outcome", outcome.name());
            console.message(Console.Severity.INFO, text(outcome, figures), fields);
        });
    }

    private static String text(JobOutcome outcome, Figures figures) {
        String how = switch (outcome) {
            case FINISHED -> "Caught up";
            case STOPPED -> "Stopped";
            case STOPPED_WITHOUT_CHECKPOINT ->
                "Stopped before a last checkpoint came about; the next run reads again"
                        + " from the one before, nothing is lost or doubled";
        };
        String where = figures.status().checkpoint().map(RunSummary::place).orElse("");
        return how + where + ": " + Quantity.count(figures.rowsCommitted()) + " rows committed in "
                + Quantity.duration(figures.elapsed()) + ".";
    }

    private static String place(CheckpointStatus checkpoint) {
        return " after checkpoint " + checkpoint.id() + " at " + checkpoint.sourcePosition();
    }
}
