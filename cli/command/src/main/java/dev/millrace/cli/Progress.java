package dev.millrace.cli;

import dev.millrace.runtime.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Follows a run on the console: drawn in place for a person, a line now and then for a log. Told by one thread at a time.
 */
final class Progress {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Console console;
    private final Meter meter = new Meter();
    private Instant lastLine = Instant.MIN;
    private String lastPhase = "";
    private volatile Optional<Figures> latest = Optional.empty();

    Progress(Console console) {
        this.console = console;
    }

    void update(JobStatus status) {
        Figures figures = meter.of(status);
        latest = Optional.of(figures);
        if (console.canDraw()) {
            console.live(ProgressText.block(figures, console));
        } else if (isDue(figures)) {
            lastLine = status.at();
            lastPhase = figures.phase();
            console.message(Console.Severity.INFO, ProgressText.line(figures), figures.fields());
        }
    }

    /** The figures of the last update; empty before the first. */
    Optional<Figures> latest() {
        return latest;
    }

    private boolean isDue(Figures figures) {
        return !figures.phase().equals(lastPhase) || !figures.status().at().isBefore(lastLine.plus(BETWEEN_LINES));
    }
}
