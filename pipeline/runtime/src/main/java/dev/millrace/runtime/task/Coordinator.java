package dev.millrace.runtime.task;

import dev.millrace.runtime.CheckpointSettings;
import dev.millrace.runtime.JobClock;
import dev.millrace.runtime.JobOutcome;
import dev.millrace.runtime.JobStatus;
import dev.millrace.runtime.channel.Wakeup;
import dev.millrace.runtime.checkpoint.Checkpoint;
import dev.millrace.schema.SchemaChange;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.VersionedBytes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leads a run through its life: recovery, opening, reading with a checkpoint now and then, a last checkpoint, the end. */
final class Coordinator implements Task {
    /** A place that moved without rows is worth a checkpoint, but only so often. */
    private static final Duration MOVED_PLACE_INTERVAL = Duration.ofSeconds(10);

    private final JobParts parts;
    private final String pipelineId;
    private final JobClock clock;
    private final CheckpointSettings settings;
    private final StatusReporter reporter;
    private final long movedPlaceNanos;
    private boolean running;
    private boolean ending;
    private long lastCutNanos;
    private long lastTriedNanos;
    private long bytesAtLastCut;
    private @Nullable CheckpointCycle cycle;
    private @Nullable SplitDesk desk;
    private @Nullable SinkTables tables;

    Coordinator(JobParts parts, String pipelineId, StatusReporter reporter) {
        this.parts = parts;
        this.pipelineId = pipelineId;
        this.clock = parts.clock();
        this.settings = parts.spec().settings().checkpoints();
        this.reporter = reporter;
        Duration interval = settings.interval();
        this.movedPlaceNanos =
                (interval.compareTo(MOVED_PLACE_INTERVAL) < 0 ? MOVED_PLACE_INTERVAL : interval).toNanos();
    }

    @Override
    public String name() {
        return "coordinator";
    }

    @Override
    public Wakeup wakeup() {
        return parts.coordinatorWakeup();
    }

    @Override
    public Progress step() {
        reporter.reportIfDue();
        CoordinatorEvent event = parts.coordinatorInbox().poll();
        if (event != null) {
            take(event);
            return Progress.WORKED;
        }
        if (!running) {
            endIfStopped();
            return Progress.IDLE;
        }
        return switch (cycle().state()) {
            case NONE -> endInTime() || handOut() || beginInTime() ? Progress.WORKED : Progress.IDLE;
            case ALIGNING -> Progress.IDLE;
            case FLUSHING, COMMITTING -> !ending && handOut() ? Progress.WORKED : Progress.IDLE;
        };
    }

    private boolean handOut() {
        return desk().handOut(cycle().newestBegun());
    }

    private void take(CoordinatorEvent event) {
        switch (event) {
            case CoordinatorEvent.Recovered recovered -> open(recovered.from());
            case CoordinatorEvent.Applied applied -> startReading();
            case CoordinatorEvent.SplitWanted wanted -> desk().wanted(wanted.reader());
            case CoordinatorEvent.SplitFinished finished -> {
                cycle().finished(finished.last());
                desk().finished(finished.last());
            }
            case CoordinatorEvent.Standing reader -> {
                cycle().stands(reader);
                if (cycle().allStand()) {
                    cut();
                }
            }
            case CoordinatorEvent.Prepared prepared -> cycle().prepared(prepared);
            case CoordinatorEvent.Committed committed -> committed(committed);
        }
    }

    private void open(Optional<Checkpoint> from) {
        from.ifPresent(reporter::recovered);
        SplitEnumerator enumerator = parts.source()
                .openEnumerator(
                        from.map(Checkpoint::enumerator),
                        from.map(Checkpoint::splits).orElse(List.of()));
        desk = new SplitDesk(enumerator, from.map(Checkpoint::splits).orElse(List.of()), parts);
        List<SchemaChange> opening = enumerator.openingChanges();
        SinkTables sinkTables = new SinkTables(opening, parts.route());
        from.ifPresent(checkpoint -> sinkTables.requireSame(checkpoint.target().tables()));
        sinkTables.refuseToShare(enumerator.readInOnePiece());
        tables = sinkTables;
        Checkpoint.Target target = new Checkpoint.Target(parts.sinkLocation(), sinkTables.targets());
        cycle = new CheckpointCycle(parts, pipelineId, target, from);
        parts.committerInbox().put(new CommitterCommand.Apply(sinkTables.routed(opening)));
    }

    private void startReading() {
        running = true;
        lastCutNanos = clock.nanoTime();
        lastTriedNanos = lastCutNanos;
        parts.tellReaders(new ReaderCommand.Open(Objects.requireNonNull(tables)));
        reporter.enter(JobStatus.Phase.RUNNING);
    }

    /** Begins the last checkpoint, if it is time to end. */
    private boolean endInTime() {
        if (!parts.control().stopRequested() && !desk().allDone()) {
            return false;
        }
        ending = true;
        reporter.enter(JobStatus.Phase.STOPPING);
        return begin();
    }

    private boolean beginInTime() {
        return checkpointIsDue() && begin();
    }

    private boolean begin() {
        lastTriedNanos = clock.nanoTime();
        cycle().begin();
        return true;
    }

    private boolean checkpointIsDue() {
        return clock.nanoTime() - lastTriedNanos >= settings.interval().toNanos()
                || parts.board().bytesRead() - bytesAtLastCut >= settings.bytes()
                || desk().checkpointWanted(cycle().newestBegun());
    }

    private void cut() {
        VersionedBytes enumerator = desk().state();
        if (!isWorthIt(enumerator)) {
            cycle().callOff();
            if (ending) {
                end();
            } else {
                parts.tellReaders(new ReaderCommand.GoOn());
            }
            return;
        }
        lastCutNanos = clock.nanoTime();
        bytesAtLastCut = parts.board().bytesRead();
        cycle().cut(enumerator);
        if (!ending) {
            parts.tellReaders(new ReaderCommand.GoOn());
        }
    }

    private boolean isWorthIt(VersionedBytes enumerator) {
        if (cycle().anythingEmitted() || desk().checkpointWanted(cycle().newestBegun())) {
            return true;
        }
        boolean oldEnough = ending || clock.nanoTime() - lastCutNanos >= movedPlaceNanos;
        return oldEnough && cycle().placeMoved(enumerator);
    }

    private void committed(CoordinatorEvent.Committed committed) {
        cycle().committed(committed.checkpoint());
        desk().committed(committed.checkpoint().id());
        Duration duration = Duration.ofNanos(clock.nanoTime() - cycle().begunAtNanos());
        reporter.committed(committed.checkpoint(), duration, committed.stateBytes());
        if (ending) {
            end();
        }
    }

    private void endIfStopped() {
        if (parts.control().stopRequested()) {
            end();
        }
    }

    private void end() {
        boolean finished = running && desk().allDone();
        reporter.enter(finished ? JobStatus.Phase.FINISHED : JobStatus.Phase.STOPPED);
        parts.control().end(new RunControl.End.Of(finished ? JobOutcome.FINISHED : JobOutcome.STOPPED));
    }

    private CheckpointCycle cycle() {
        return Objects.requireNonNull(cycle);
    }

    private SplitDesk desk() {
        return Objects.requireNonNull(desk);
    }

    @Override
    public void close() {
        if (desk != null) {
            desk.close();
        }
    }
}
