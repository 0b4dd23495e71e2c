package dev.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.model.Watermark;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Committer;
import dev.millrace.spi.VersionedBytes;
import dev.millrace.spi.state.StateStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final VersionedBytes NOTHING = new VersionedBytes(1, new byte[0]);
    private static final String HERE = "/warehouse";
    private final Blobs blobs = new Blobs();
    private final CheckpointStore store = new CheckpointStore(blobs);

    @Test
    void startsAtTheBeginningWhereThereIsNothing() {
        Shown sink = new Shown(OptionalLong.empty());

        assertThat(new Recovery(store, sink, HERE).run()).isEmpty();

        assertThat(sink.calls).containsExactly("discard after 0");
    }

    @Test
    void commitsTheNewestCheckpointAgainBeforeItDiscardsWhatFollows() {
        store.save(checkpoint(1, 0));
        store.save(checkpoint(2, 1));
        Shown sink = new Shown(OptionalLong.of(1));

        assertThat(new Recovery(store, sink, HERE).run()).map(Checkpoint::id).hasValue(2L);

        assertThat(sink.calls).containsExactly("commit 2", "discard after 2");
    }

    @Test
    void refusesASinkThatShowsMoreThanTheStateKnows() {
        store.save(checkpoint(1, 0));

        assertRefused(OptionalLong.of(2), RuntimeCode.SINK_AHEAD);
    }

    @Test
    void refusesASinkThatShowsSomethingWhereTheStateIsEmpty() {
        assertRefused(OptionalLong.of(1), RuntimeCode.SINK_AHEAD);
    }

    @Test
    void refusesASinkThatHasLostWhatWasCommitted() {
        store.save(checkpoint(7, 6));

        assertRefused(OptionalLong.of(5), RuntimeCode.SINK_BEHIND);
        assertRefused(OptionalLong.empty(), RuntimeCode.SINK_BEHIND);
    }

    @Test
    void refusesAnotherPlaceThatDoesNotShowTheOnlyCheckpointWithRows() {
        store.save(checkpoint(1, 0));

        for (long id = 1; id <= 2; id++) {
            assertThatThrownBy(() -> new Recovery(store, new Shown(OptionalLong.empty()), "/other").run())
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.SINK_BEHIND))
                    .hasMessageContaining(HERE)
                    .hasMessageContaining("/other");
            store.save(checkpoint(id + 1, id));
        }
    }

    @Test
    void takesOverTablesThatWereMoved() {
        store.save(checkpoint(1, 0));

        assertThat(new Recovery(store, new Shown(OptionalLong.of(1)), "/other").run())
                .isPresent();
    }

    @Test
    void mindsNotThatTheSinkForgotCheckpointsWithoutRows() {
        store.save(checkpoint(7, 5));

        assertThat(new Recovery(store, new Shown(OptionalLong.of(5)), HERE).run())
                .isPresent();
    }

    @Test
    void goesBackBehindADamagedCheckpointThatTheSinkDoesNotShow() {
        store.save(checkpoint(1, 0));
        store.save(checkpoint(2, 1));
        blobs.damageNewest();
        Shown sink = new Shown(OptionalLong.of(1));

        assertThat(new Recovery(store, sink, HERE).run()).map(Checkpoint::id).hasValue(1L);

        assertThat(sink.calls).containsExactly("commit 1", "discard after 1");
        assertThat(blobs.list()).anyMatch(name -> name.startsWith("damaged-"));
        assertThat(store.save(checkpoint(2, 1))).isPositive();
    }

    @Test
    void startsAnewBehindADamagedFirstCheckpointThatTheSinkDoesNotShow() {
        store.save(checkpoint(1, 0));
        blobs.damageNewest();

        assertThat(new Recovery(store, new Shown(OptionalLong.empty()), HERE).run())
                .isEmpty();
    }

    @Test
    void refusesADamagedCheckpointThatTheSinkShows() {
        store.save(checkpoint(1, 0));
        store.save(checkpoint(2, 1));
        blobs.damageNewest();

        assertRefused(OptionalLong.of(2), RuntimeCode.STATE_DAMAGED);
    }

    @Test
    void refusesADamagedCheckpointWhereTheOneBeforeIsGone() {
        store.save(checkpoint(2, 1));
        blobs.damageNewest();

        assertRefused(OptionalLong.of(1), RuntimeCode.STATE_DAMAGED);
    }

    @Test
    void refusesToWriteACheckpointThatIsThere() {
        store.save(checkpoint(1, 0));

        assertThatThrownBy(() -> store.save(checkpoint(1, 0)))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.STATE_TAKEN));
    }

    @Test
    void keepsTheNewestCheckpoints() {
        for (long id = 8; id <= 12; id++) {
            store.save(checkpoint(id, id - 1));
        }

        store.prune(3);

        assertThat(store.names().stream().map(CheckpointStore::idOf)).containsExactly(10L, 11L, 12L);
        assertThat(store.newest()).map(Checkpoint::id).hasValue(12L);
    }

    private void assertRefused(OptionalLong shown, RuntimeCode code) {
        Shown sink = new Shown(shown);
        assertThatThrownBy(() -> new Recovery(store, sink, HERE).run())
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(sink.calls).isEmpty();
    }

    private static Checkpoint checkpoint(long id, long previousWithRows) {
        List<Committable> rows = List.of(new Committable(TableId.of("shop", "orders"), NOTHING));
        CommitRequest commit = new CommitRequest(id, rows, "position " + id, Watermark.NONE, true);
        return new Checkpoint(
                "pipeline",
                Instant.EPOCH,
                NOTHING,
                List.of(),
                commit,
                Watermark.NONE,
                new Checkpoint.Target(HERE, Map.of()),
                previousWithRows);
    }

    private static final class Shown implements Committer {
        private final OptionalLong newest;
        private final List<String> calls = new ArrayList<>();

        Shown(OptionalLong newest) {
            this.newest = newest;
        }

        @Override
        public OptionalLong newestCommitted() {
            return newest;
        }

        @Override
        public void apply(List<SchemaChange> changes) {
            calls.add("apply");
        }

        @Override
        public void commit(CommitRequest request) {
            calls.add("commit " + request.checkpointId());
        }

        @Override
        public void discardStaged(long afterCheckpoint) {
            calls.add("discard after " + afterCheckpoint);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private static final class Blobs implements StateStorage {
        private final TreeMap<String, byte[]> blobs = new TreeMap<>();

        void damageNewest() {
            Map.Entry<String, byte[]> newest = blobs.lastEntry();
            newest.getValue()[20] ^= 1;
        }

        @Override
        public Optional<byte[]> read(String name) {
            return Optional.ofNullable(blobs.get(name));
        }

        @Override
        public boolean create(String name, byte[] content) {
            return blobs.putIfAbsent(name, content) == null;
        }

        @Override
        public List<String> list() {
            return List.copyOf(blobs.keySet());
        }

        @Override
        public void delete(String name) {
            blobs.remove(name);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
