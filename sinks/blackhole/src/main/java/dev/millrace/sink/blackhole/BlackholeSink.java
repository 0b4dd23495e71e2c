package dev.millrace.sink.blackhole;

import dev.millrace.model.RowSelection;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Committer;
import dev.millrace.spi.Partitioner;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkWriter;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Takes everything and shows nothing, so there is nothing to commit and nothing to recover. */
final class BlackholeSink implements Sink {
    private final int writers;

    BlackholeSink(int writers) {
        this.writers = writers;
    }

    @Override
    public SinkWriter openWriter(int index) {
        return new Writer();
    }

    @Override
    public Committer openCommitter() {
        return new NothingToCommit();
    }

    /** Whole tables: nothing is gained by spreading rows that nobody looks at. */
    @Override
    public Partitioner partitioner(Schema schema) {
        int writer = Math.floorMod(schema.table().hashCode(), writers);
        return (batch, targets) -> Arrays.fill(targets, 0, batch.rows(), writer);
    }

    @Override
    public void close() {}

    private static final class Writer implements SinkWriter {
        @Override
        public void write(RowSelection rows) {}

        @Override
        public void truncate(TableId table) {}

        @Override
        public List<Committable> prepare(long checkpointId) {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static final class NothingToCommit implements Committer {
        @Override
        public OptionalLong newestCommitted() {
            return OptionalLong.empty();
        }

        @Override
        public void apply(List<SchemaChange> changes) {}

        @Override
        public void commit(CommitRequest request) {}

        @Override
        public void discardStaged(long afterCheckpoint) {}

        @Override
        public void close() {}
    }
}
