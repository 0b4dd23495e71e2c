package dev.millrace.runtime.checkpoint;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.spi.Committer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the checkpoint to go on from and brings the sink up to it. A checkpoint is prepared once it is in the store; from
 * then on its commit is owed, and the source is told to forget only after the commit. So the newest one in the store is
 * either what the sink shows, or one step ahead of it.
 */
public final class Recovery {
    private static final String RESTORE =
            "Put back the state that belongs to the sink's tables, or remove both ('cdc drop' and the tables) and start anew.";
    private final CheckpointStore store;
    private final Committer committer;
    private final String location;

    /** @param location where the sink's tables are; empty where it does not say */
    public Recovery(CheckpointStore store, Committer committer, String location) {
        this.location = location;
        this.store = store;
        this.committer = committer;
    }

    /** After this the sink shows exactly the checkpoint that is returned, or nothing where there is none. */
    public Optional<Checkpoint> run() {
        OptionalLong shown = committer.newestCommitted();
        Optional<Checkpoint> newest = newestUsable(shown);
        long last = newest.map(Checkpoint::id).orElse(0L);
        if (shown.isPresent() && shown.getAsLong() > last) {
            throw sinkAhead(shown.getAsLong(), last);
        }
        newest.ifPresent(checkpoint -> {
            requireNothingLost(checkpoint, shown);
            committer.commit(checkpoint.commit());
        });
        committer.discardStaged(last);
        return newest;
    }

    /**
     * The newest checkpoint, or the one before it where the newest is damaged and the sink does not show it: then it was
     * never acknowledged to the source either, and reading it again is safe.
     */
    private Optional<Checkpoint> newestUsable(OptionalLong shown) {
        List<String> names = store.names();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String name = names.getLast();
        try {
            return Optional.of(store.read(name));
        } catch (IOException e) {
            long id = CheckpointStore.idOf(name);
            boolean first = id == 1 && shown.isEmpty();
            if (!first && (names.size() < 2 || shown.isEmpty() || shown.getAsLong() >= id)) {
                throw CheckpointStore.damaged(name, e, RESTORE);
            }
            Optional<Checkpoint> before = first ? Optional.empty() : Optional.of(previous(names, e));
            store.setAside(name);
            return before;
        }
    }

    private Checkpoint previous(List<String> names, IOException damage) {
        String name = names.get(names.size() - 2);
        try {
            return store.read(name);
        } catch (IOException e) {
            e.addSuppressed(damage);
            throw CheckpointStore.damaged(name, e, RESTORE);
        }
    }

    private void requireNothingLost(Checkpoint checkpoint, OptionalLong shown) {
        boolean elsewhere = isElsewhere(checkpoint.target());
        long due = elsewhere ? checkpoint.newestWithRows() : checkpoint.previousWithRows();
        if (shown.orElse(0) < due) {
            throw new MillraceException(
                    RuntimeCode.SINK_BEHIND,
                    "The sink shows " + (shown.isPresent() ? "checkpoint " + shown.getAsLong() : "nothing")
                            + " of this pipeline, but checkpoint " + due
                            + (elsewhere
                                    ? " is in the sink at "
                                            + checkpoint.target().location() + "; it is at " + location
                                            + " now, and the source no longer has what is missing here."
                                    : " was committed to it: tables were removed or"
                                            + " set back, and the source no longer has what they lost."),
                    elsewhere
                            ? "Change the sink's address back, or move its tables to the new one. To begin anew there, give"
                                    + " the pipeline a state of its own ('pipeline.state') or 'cdc drop' it first."
                            : RESTORE);
        }
    }

    /** Tables that were moved are fine: they show what the state knows. What was only prepared lies in the old place, though. */
    private boolean isElsewhere(Checkpoint.Target target) {
        return !target.location().isEmpty() && !target.location().equals(location);
    }

    private static MillraceException sinkAhead(long shown, long last) {
        return new MillraceException(
                RuntimeCode.SINK_AHEAD,
                "The sink shows checkpoint " + shown + " of this pipeline, but the newest in the state is "
                        + (last == 0 ? "none" : last) + ": the state is older than the sink's tables.",
                RESTORE);
    }
}
