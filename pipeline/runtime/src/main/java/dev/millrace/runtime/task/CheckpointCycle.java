package dev.millrace.runtime.task;

import dev.millrace.model.Barrier;
import dev.millrace.model.Watermark;
import dev.millrace.runtime.channel.ChannelElement;
import dev.millrace.runtime.checkpoint.Checkpoint;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way of one checkpoint after the other, one at a time: from asking the readers to stop until the commit. */
final class CheckpointCycle {
    enum State {
        NONE,
        /** Readers are on their way to a boundary, or stand at one. */
        ALIGNING,
        /** The barrier is in the channels. */
        FLUSHING,
        /** With the committer. */
        COMMITTING
    }

    private final JobParts parts;
    private final String pipelineId;
    private final Checkpoint.Target target;
    private final CoordinatorEvent.@Nullable Standing[] standing;
    private final CoordinatorEvent.@Nullable Prepared[] prepared;
    private State state = State.NONE;
    private long begunAtNanos;
    private long id;
    private long newestWithRows;
    /** Where the split ended that was finished last: the source's place while no reader holds a split. */
    private SourcePlace placeFinished;

    private SourcePlace placeAtCut;
    private VersionedBytes enumerator;
    private List<Split> splits;
    private Instant cutAt = Instant.EPOCH;

    /** Where the source stood, for people and manifests. */
    private record SourcePlace(String text, long completeMicros, boolean consistent) {
        static SourcePlace of(ReaderPosition position) {
            return new SourcePlace(position.text(), position.completeMicros(), position.consistent());
        }

        SourcePlace and(SourcePlace other) {
            String both = text.equals(other.text) ? text : text + ", " + other.text;
            return new SourcePlace(
                    both, Math.min(completeMicros, other.completeMicros), consistent && other.consistent);
        }
    }

    CheckpointCycle(JobParts parts, String pipelineId, Checkpoint.Target target, Optional<Checkpoint> from) {
        this.parts = parts;
        this.pipelineId = pipelineId;
        this.target = target;
        this.standing = new CoordinatorEvent.Standing[parts.readers()];
        this.prepared = new CoordinatorEvent.Prepared[parts.channels().writers()];
        this.id = from.map(Checkpoint::id).orElse(0L);
        this.newestWithRows = from.map(Checkpoint::newestWithRows).orElse(0L);
        this.enumerator = from.map(Checkpoint::enumerator).orElse(new VersionedBytes(0, new byte[0]));
        this.splits = from.map(Checkpoint::splits).orElse(List.of());
        this.placeFinished = from.map(Checkpoint::commit)
                .map(commit -> new SourcePlace(commit.sourcePosition(), commit.completeMicros(), commit.consistent()))
                .orElse(new SourcePlace("", Watermark.NONE, false));
        this.placeAtCut = placeFinished;
    }

    State state() {
        return state;
    }

    /** The newest checkpoint whose barrier was placed. */
    long newestBegun() {
        return id;
    }

    long begunAtNanos() {
        return begunAtNanos;
    }

    void finished(ReaderPosition last) {
        placeFinished = SourcePlace.of(last);
    }

    void begin() {
        state = State.ALIGNING;
        begunAtNanos = parts.clock().nanoTime();
        Arrays.fill(standing, null);
        parts.tellReaders(new ReaderCommand.StopAtBoundary());
    }

    /** Takes a reader's place. */
    void stands(CoordinatorEvent.Standing reader) {
        standing[reader.reader()] = reader;
    }

    boolean allStand() {
        return state == State.ALIGNING && Arrays.stream(standing).allMatch(Objects::nonNull);
    }

    /** Whether any reader has emitted something since the last barrier. */
    boolean anythingEmitted() {
        return readers().anyMatch(CoordinatorEvent.Standing::emitted);
    }

    /** Whether reading would go on from another place than at the last checkpoint. */
    boolean placeMoved(VersionedBytes enumeratorNow) {
        return !same(enumerator, enumeratorNow) || !sameSplits(splits, heldSplits());
    }

    /** There is nothing worth a checkpoint. */
    void callOff() {
        state = State.NONE;
    }

    /** Places the barrier. All readers stand. */
    void cut(VersionedBytes enumeratorNow) {
        id++;
        enumerator = enumeratorNow;
        splits = heldSplits();
        placeAtCut = readers()
                .filter(CoordinatorEvent.Standing::reading)
                .flatMap(reader -> reader.position().stream())
                .map(SourcePlace::of)
                .reduce(SourcePlace::and)
                .orElse(placeFinished);
        cutAt = parts.clock().instant();
        Arrays.fill(prepared, null);
        parts.channels().putToAll(new ChannelElement.Cut(new Barrier(id)));
        state = State.FLUSHING;
    }

    /** Takes what a writer has staged; when all have, the checkpoint goes to the committer. */
    void prepared(CoordinatorEvent.Prepared writer) {
        prepared[writer.writer()] = writer;
        if (Arrays.stream(prepared).allMatch(Objects::nonNull)) {
            state = State.COMMITTING;
            parts.committerInbox().put(new CommitterCommand.SaveAndCommit(complete()));
        }
    }

    /** The sink shows it: the source may forget what lies before it. */
    void committed(Checkpoint checkpoint) {
        newestWithRows = checkpoint.newestWithRows();
        readers()
                .forEach(reader -> reader.position()
                        .ifPresent(position ->
                                parts.tellReader(reader.reader(), new ReaderCommand.Acknowledge(position.split()))));
        counts().forEach(parts.board()::committed);
        state = State.NONE;
    }

    private Checkpoint complete() {
        List<Committable> committables = new ArrayList<>();
        long watermark = Long.MAX_VALUE;
        for (CoordinatorEvent.Prepared writer : prepared) {
            committables.addAll(Objects.requireNonNull(writer).committables());
            watermark = Math.min(watermark, writer.watermarkMicros());
        }
        CommitRequest commit =
                new CommitRequest(id, committables, placeAtCut.text, placeAtCut.completeMicros, placeAtCut.consistent);
        return new Checkpoint(pipelineId, cutAt, enumerator, splits, commit, watermark, target, newestWithRows);
    }

    private Map<TableId, RowCount> counts() {
        Map<TableId, RowCount> counts = new HashMap<>();
        for (CoordinatorEvent.Prepared writer : prepared) {
            Objects.requireNonNull(writer)
                    .counts()
                    .forEach((table, count) -> counts.merge(table, count, RowCount::plus));
        }
        return counts;
    }

    private List<Split> heldSplits() {
        return readers()
                .filter(CoordinatorEvent.Standing::reading)
                .flatMap(reader -> reader.position().stream())
                .map(ReaderPosition::split)
                .toList();
    }

    private Stream<CoordinatorEvent.Standing> readers() {
        return Arrays.stream(standing).map(Objects::requireNonNull);
    }

    private static boolean sameSplits(List<Split> before, List<Split> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (!before.get(i).id().equals(now.get(i).id())
                    || !same(before.get(i).state(), now.get(i).state())) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(VersionedBytes one, VersionedBytes other) {
        return one.version() == other.version() && Arrays.equals(one.bytes(), other.bytes());
    }
}
