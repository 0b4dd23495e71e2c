package dev.millrace.runtime.task;

import dev.millrace.model.Barrier;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.SchemaChanged;
import dev.millrace.model.StreamElement;
import dev.millrace.model.Watermark;
import dev.millrace.runtime.JobClock;
import dev.millrace.runtime.channel.ChannelElement;
import dev.millrace.runtime.channel.Inbox;
import dev.millrace.runtime.channel.Wakeup;
import dev.millrace.schema.SchemaChange;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Source;
import dev.millrace.spi.SplitReader;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Polls a reader while the channels have room, and stops it at boundaries when a checkpoint is due. */
final class ReaderTask implements Task {
    private static final long MAX_WAIT_NANOS = 50_000_000;
    private static final long KEEP_ALIVE_NANOS = 100_000_000;

    /** Where the task is in its life. */
    private enum State {
        /** The sink is not ready. */
        CLOSED,
        /** Without a split; has asked for one. */
        VACANT,
        READING,
        /** At a boundary, with or without a split, until told to go on. */
        STANDING
    }

    private final int index;
    private final Source source;
    private final JobParts parts;
    private final Inbox<ReaderCommand> inbox;
    private final Wakeup wakeup;
    private final JobClock clock;
    private State state = State.CLOSED;
    private boolean hasSplit;
    private boolean boundaryAsked;
    private boolean emitted;
    private long keptAliveAt;
    private Optional<ReaderPosition> finishedAt = Optional.empty();
    private @Nullable Router router;
    private @Nullable SplitReader reader;

    ReaderTask(int index, Source source, JobParts parts) {
        this.index = index;
        this.source = source;
        this.parts = parts;
        this.inbox = parts.readerInboxes().get(index);
        this.wakeup = parts.channels().readerWakeup(index);
        this.clock = parts.clock();
    }

    @Override
    public String name() {
        return "reader-" + index;
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    @Override
    public Progress step() {
        ReaderCommand command = inbox.poll();
        if (command != null) {
            obey(command);
            return Progress.WORKED;
        }
        return switch (state) {
            case CLOSED, VACANT -> Progress.IDLE;
            case READING -> parts.channels().haveRoom() ? read() : keepAlive();
            case STANDING -> hasSplit ? keepAlive() : Progress.IDLE;
        };
    }

    private void obey(ReaderCommand command) {
        switch (command) {
            case ReaderCommand.Open open -> {
                router = new Router(parts.sink(), parts.channels(), open.tables());
                becomeVacant();
            }
            case ReaderCommand.Assign assign -> {
                hasSplit = true;
                state = State.READING;
                reader().assign(assign.split());
                assign.committed().ifPresent(reader()::acknowledge);
            }
            case ReaderCommand.StopAtBoundary stop -> {
                boundaryAsked = true;
                if (!hasSplit) {
                    stand();
                }
            }
            case ReaderCommand.GoOn goOn -> state = hasSplit ? State.READING : State.VACANT;
            case ReaderCommand.Acknowledge acknowledge -> reader().acknowledge(acknowledge.committed());
        }
    }

    private Progress read() {
        PollRequest.Purpose purpose = boundaryAsked ? PollRequest.Purpose.REACH_BOUNDARY : PollRequest.Purpose.READ;
        long before = clock.nanoTime();
        SplitReader.Progress progress = reader().poll(this::emit, new PollRequest(purpose, MAX_WAIT_NANOS));
        return switch (progress) {
            case MORE -> Progress.WORKED;
            case IDLE -> clock.nanoTime() - before > MAX_WAIT_NANOS / 2 ? Progress.WORKED : Progress.IDLE;
            case AT_BOUNDARY -> {
                if (boundaryAsked) {
                    stand();
                }
                yield Progress.WORKED;
            }
            case FINISHED -> {
                finish();
                yield Progress.WORKED;
            }
        };
    }

    /** The sink is slow, or other readers are not at their boundary yet. */
    private Progress keepAlive() {
        long now = clock.nanoTime();
        if (now - keptAliveAt >= KEEP_ALIVE_NANOS) {
            keptAliveAt = now;
            reader().poll(this::refuse, new PollRequest(PollRequest.Purpose.KEEP_ALIVE, 0));
        }
        return Progress.IDLE;
    }

    private void emit(StreamElement element) {
        switch (element) {
            case ChangeBatch batch -> {
                if (batch.rows() > 0) {
                    emitted = true;
                    parts.board().read(router().send(batch), new RowCount(batch.rows(), batch.byteSize()));
                }
            }
            case SchemaChanged changed -> {
                emitted = true;
                switch (changed.change()) {
                    case SchemaChange.TruncateTable truncate -> router().truncate(truncate.table());
                    case SchemaChange.CreateTable create ->
                        throw new IllegalStateException("tables are announced before reading: "
                                + create.schema().table());
                }
            }
            case Watermark watermark -> parts.channels().putToAll(new ChannelElement.Time(index, watermark.micros()));
            case Barrier barrier -> throw new IllegalStateException("a reader emitted a barrier");
        }
    }

    private void refuse(StreamElement element) {
        throw new IllegalStateException("a reader emitted something when asked to keep alive");
    }

    private void finish() {
        ReaderPosition last =
                reader().position().orElseThrow(() -> new IllegalStateException("a finished reader has no position"));
        finishedAt = Optional.of(last);
        hasSplit = false;
        parts.coordinatorInbox().put(new CoordinatorEvent.SplitFinished(index, last));
        becomeVacant();
        if (boundaryAsked) {
            stand();
        }
    }

    private void becomeVacant() {
        state = State.VACANT;
        parts.coordinatorInbox().put(new CoordinatorEvent.SplitWanted(index));
    }

    private void stand() {
        Optional<ReaderPosition> position = hasSplit ? reader().position() : finishedAt;
        if (hasSplit && position.isEmpty()) {
            throw new IllegalStateException("a reader at a boundary has no position");
        }
        state = State.STANDING;
        boundaryAsked = false;
        parts.coordinatorInbox().put(new CoordinatorEvent.Standing(index, position, hasSplit, emitted));
        emitted = false;
    }

    private Router router() {
        return Objects.requireNonNull(router);
    }

    private SplitReader reader() {
        SplitReader open = reader;
        if (open == null) {
            open = source.openReader(index);
            reader = open;
        }
        return open;
    }

    /** What the last checkpoint lets the source forget may have come after the last step; short runs would never tell it. */
    @Override
    public void close() {
        SplitReader closing = reader;
        if (closing == null) {
            return;
        }
        try {
            for (ReaderCommand command = inbox.poll(); command != null; command = inbox.poll()) {
                if (command instanceof ReaderCommand.Acknowledge acknowledge) {
                    closing.acknowledge(acknowledge.committed());
                }
            }
        } finally {
            closing.close();
        }
    }
}
