package dev.millrace.testkit;

import dev.millrace.model.RowSelection;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Committer;
import dev.millrace.spi.Partitioner;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkWriter;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceProgress;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import dev.millrace.spi.state.StateStorage;
import dev.millrace.testkit.memory.MemoryWarehouse;
import dev.millrace.testkit.simulation.Wiring;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Mistakes that an engine or a connector could make, each put between a sound engine and its world. */
enum PlantedFault {
    /** After a crash the newest checkpoint is not committed again. */
    NO_COMMIT_ON_RESTART("next checkpoint", () -> sink((sink, warehouse) -> committing(sink, NoCommitOnRestart::new))),
    /** A commit that is repeated shows its rows a second time. */
    COMMIT_NOT_IDEMPOTENT(
            "state at",
            () -> sink((sink, warehouse) -> committing(sink, committer -> new CommittedTwice(committer, warehouse)))),
    /** The sink commits a checkpoint that is not in the state yet. */
    COMMIT_BEFORE_SAVE("The sink shows checkpoint", SavedLate::new),
    /** What the state's store had confirmed is gone after a crash. */
    LOST_FSYNC("The sink shows checkpoint", NotForced::new),
    /** The barrier overtakes a row on its way to a writer. */
    UNALIGNED_BARRIER("state at", () -> sink((sink, warehouse) -> writing(sink, HeldBack::new))),
    /** A reader gives its place, then reads on before the barrier. */
    READING_ON("state at", () -> source(ReadsOn::new)),
    /** The source may forget what was only read. */
    ACKNOWLEDGED_WHEN_READ("acknowledged", () -> source(AcknowledgesWhatItRead::new)),
    /** A barrier inside a transaction. */
    TORN_TRANSACTION("state at", () -> source(StopsAnywhere::new));

    private final String symptom;
    private final Supplier<Wiring> wiring;

    PlantedFault(String symptom, Supplier<Wiring> wiring) {
        this.symptom = symptom;
        this.wiring = wiring;
    }

    /** What the simulation says when it has noticed. */
    String symptom() {
        return symptom;
    }

    Wiring wiring() {
        return wiring.get();
    }

    private static Wiring source(UnaryOperator<SplitReader> fault) {
        return new Wiring() {
            @Override
            public Source source(Source source) {
                return new ReadingOtherwise(source, fault);
            }
        };
    }

    private static Wiring sink(BiFunction<Sink, MemoryWarehouse, Sink> fault) {
        return new Wiring() {
            @Override
            public Sink sink(Sink sink, MemoryWarehouse warehouse) {
                return fault.apply(sink, warehouse);
            }
        };
    }

    private static Sink committing(Sink sink, UnaryOperator<Committer> fault) {
        return new WritingOtherwise(sink, UnaryOperator.identity(), fault);
    }

    private static Sink writing(Sink sink, UnaryOperator<SinkWriter> fault) {
        return new WritingOtherwise(sink, fault, UnaryOperator.identity());
    }

    private record ReadingOtherwise(Source source, UnaryOperator<SplitReader> fault) implements Source {
        @Override
        public SplitEnumerator openEnumerator(Optional<VersionedBytes> restored, List<Split> unfinished) {
            return source.openEnumerator(restored, unfinished);
        }

        @Override
        public SplitReader openReader(int index) {
            return fault.apply(source.openReader(index));
        }

        @Override
        public SourceProgress progress() {
            return source.progress();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private record WritingOtherwise(
            Sink sink, Function<SinkWriter, SinkWriter> writers, Function<Committer, Committer> committers)
            implements Sink {
        @Override
        public SinkWriter openWriter(int index) {
            return writers.apply(sink.openWriter(index));
        }

        @Override
        public Committer openCommitter() {
            return committers.apply(sink.openCommitter());
        }

        @Override
        public Partitioner partitioner(Schema schema) {
            return sink.partitioner(schema);
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    /** A reader that hands everything through. */
    private abstract static class Through implements SplitReader {
        final SplitReader reader;

        Through(SplitReader reader) {
            this.reader = reader;
        }

        @Override
        public void assign(Split split) {
            reader.assign(split);
        }

        @Override
        public Progress poll(ChangeOutput output, PollRequest request) {
            return reader.poll(output, request);
        }

        @Override
        public Optional<ReaderPosition> position() {
            return reader.position();
        }

        @Override
        public void acknowledge(Split committed) {
            reader.acknowledge(committed);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    private static final class ReadsOn extends Through {
        private Optional<ReaderPosition> claimed = Optional.empty();

        ReadsOn(SplitReader reader) {
            super(reader);
        }

        @Override
        public Progress poll(ChangeOutput output, PollRequest request) {
            claimed = Optional.empty();
            Progress progress = reader.poll(output, request);
            if (progress != Progress.AT_BOUNDARY) {
                return progress;
            }
            claimed = reader.position();
            Progress further = progress;
            do {
                further = reader.poll(output, PollRequest.read(0));
            } while (further == Progress.MORE && reader.position().isEmpty());
            return further == Progress.FINISHED ? further : Progress.AT_BOUNDARY;
        }

        @Override
        public Optional<ReaderPosition> position() {
            return claimed.or(reader::position);
        }
    }

    private static final class AcknowledgesWhatItRead extends Through {
        AcknowledgesWhatItRead(SplitReader reader) {
            super(reader);
        }

        @Override
        public void acknowledge(Split committed) {
            reader.acknowledge(reader.position().map(ReaderPosition::split).orElse(committed));
        }
    }

    private static final class StopsAnywhere extends Through {
        private Optional<ReaderPosition> last = Optional.empty();

        StopsAnywhere(SplitReader reader) {
            super(reader);
        }

        @Override
        public void assign(Split split) {
            reader.assign(split);
            last = reader.position();
        }

        @Override
        public Progress poll(ChangeOutput output, PollRequest request) {
            last = reader.position().or(() -> last);
            return request.purpose() == Purpose.REACH_BOUNDARY ? Progress.AT_BOUNDARY : reader.poll(output, request);
        }

        @Override
        public Optional<ReaderPosition> position() {
            return reader.position().or(() -> last);
        }
    }

    /** Passes each selection on only when the next one comes. */
    private static final class HeldBack implements SinkWriter {
        private final SinkWriter writer;
        private @Nullable RowSelection held;

        HeldBack(SinkWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(RowSelection rows) {
            passOn();
            held = rows;
        }

        @Override
        public void truncate(TableId table) {
            passOn();
            writer.truncate(table);
        }

        @Override
        public List<Committable> prepare(long checkpointId) {
            List<Committable> committables = writer.prepare(checkpointId);
            passOn();
            return committables;
        }

        private void passOn() {
            if (held != null) {
                writer.write(held);
                held = null;
            }
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    /** A committer that hands everything through. */
    private abstract static class CommitsThrough implements Committer {
        final Committer committer;

        CommitsThrough(Committer committer) {
            this.committer = committer;
        }

        @Override
        public OptionalLong newestCommitted() {
            return committer.newestCommitted();
        }

        @Override
        public void apply(List<SchemaChange> changes) {
            committer.apply(changes);
        }

        @Override
        public void commit(CommitRequest request) {
            committer.commit(request);
        }

        @Override
        public void discardStaged(long afterCheckpoint) {
            committer.discardStaged(afterCheckpoint);
        }

        @Override
        public void close() {
            committer.close();
        }
    }

    private static final class NoCommitOnRestart extends CommitsThrough {
        private boolean started;

        NoCommitOnRestart(Committer committer) {
            super(committer);
        }

        @Override
        public void commit(CommitRequest request) {
            if (started) {
                committer.commit(request);
            }
        }

        @Override
        public void discardStaged(long afterCheckpoint) {
            started = true;
            committer.discardStaged(afterCheckpoint);
        }
    }

    private static final class CommittedTwice extends CommitsThrough {
        private final MemoryWarehouse warehouse;

        CommittedTwice(Committer committer, MemoryWarehouse warehouse) {
            super(committer);
            this.warehouse = warehouse;
        }

        @Override
        public void commit(CommitRequest request) {
            warehouse.forgetCheckpoints();
            committer.commit(request);
        }
    }

    /** A store that hands everything through. */
    private abstract static class StoresThrough implements StateStorage {
        final StateStorage storage;

        StoresThrough(StateStorage storage) {
            this.storage = storage;
        }

        @Override
        public Optional<byte[]> read(String name) {
            return storage.read(name);
        }

        @Override
        public boolean create(String name, byte[] content) {
            return storage.create(name, content);
        }

        @Override
        public List<String> list() {
            return storage.list();
        }

        @Override
        public void delete(String name) {
            storage.delete(name);
        }

        @Override
        public void close() {
            storage.close();
        }
    }

    /** Writes a blob only when the store is used next, which is after the commit. */
    private static final class SavedLate implements Wiring {
        private Runnable late = () -> {};

        @Override
        public StateStorage storage(StateStorage storage) {
            return new StoresThrough(storage) {
                @Override
                public boolean create(String name, byte[] content) {
                    late = () -> storage.create(name, content);
                    return true;
                }

                @Override
                public List<String> list() {
                    late.run();
                    late = () -> {};
                    return storage.list();
                }
            };
        }

        @Override
        public void crashed() {
            late = () -> {};
        }
    }

    private static final class NotForced implements Wiring {
        private Runnable loseNewest = () -> {};

        @Override
        public StateStorage storage(StateStorage storage) {
            return new StoresThrough(storage) {
                @Override
                public boolean create(String name, byte[] content) {
                    loseNewest = () -> storage.delete(name);
                    return storage.create(name, content);
                }
            };
        }

        @Override
        public void crashed() {
            loseNewest.run();
            loseNewest = () -> {};
        }
    }
}
