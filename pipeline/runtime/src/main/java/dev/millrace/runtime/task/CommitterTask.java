package dev.millrace.runtime.task;

import dev.millrace.runtime.channel.Wakeup;
import dev.millrace.runtime.checkpoint.Checkpoint;
import dev.millrace.runtime.checkpoint.CheckpointStore;
import dev.millrace.runtime.checkpoint.Recovery;
import dev.millrace.spi.Committer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Owns the state's store and the sink's committer. Saves before it commits, commits before it reports. */
final class CommitterTask implements Task {
    /** What the next step does. */
    private enum State {
        RECOVER,
        WAIT,
        COMMIT,
        PRUNE
    }

    private final JobParts parts;
    private final CheckpointStore store;
    private State state = State.RECOVER;
    private long stateBytes;
    private @Nullable Checkpoint prepared;
    private @Nullable Committer committer;

    CommitterTask(JobParts parts) {
        this.parts = parts;
        this.store = new CheckpointStore(parts.spec().state().storage());
    }

    @Override
    public String name() {
        return "committer";
    }

    @Override
    public Wakeup wakeup() {
        return parts.committerWakeup();
    }

    @Override
    public Progress step() {
        return switch (state) {
            case RECOVER -> recover();
            case WAIT -> obey(parts.committerInbox().poll());
            case COMMIT -> commit();
            case PRUNE -> prune();
        };
    }

    private Progress recover() {
        Committer opened = parts.sink().openCommitter();
        committer = opened;
        parts.coordinatorInbox()
                .put(new CoordinatorEvent.Recovered(new Recovery(store, opened, parts.sinkLocation()).run()));
        state = State.WAIT;
        return Progress.WORKED;
    }

    private Progress obey(@Nullable CommitterCommand command) {
        switch (command) {
            case null -> {
                return Progress.IDLE;
            }
            case CommitterCommand.Apply apply -> {
                committer().apply(apply.changes());
                parts.coordinatorInbox().put(new CoordinatorEvent.Applied());
            }
            case CommitterCommand.SaveAndCommit save -> {
                parts.spec().state().ownership().renew();
                stateBytes = store.save(save.checkpoint());
                prepared = save.checkpoint();
                state = State.COMMIT;
            }
        }
        return Progress.WORKED;
    }

    private Progress commit() {
        Checkpoint checkpoint = Objects.requireNonNull(prepared);
        // Whoever was suspended here for long may have been succeeded by another run, which owed the same commit.
        parts.spec().state().ownership().renew();
        committer().commit(checkpoint.commit());
        parts.coordinatorInbox().put(new CoordinatorEvent.Committed(checkpoint, stateBytes));
        state = State.PRUNE;
        return Progress.WORKED;
    }

    private Progress prune() {
        store.prune(parts.spec().settings().checkpoints().retained());
        state = State.WAIT;
        return Progress.WORKED;
    }

    private Committer committer() {
        return Objects.requireNonNull(committer);
    }

    @Override
    public void close() {
        if (committer != null) {
            committer.close();
        }
    }
}
