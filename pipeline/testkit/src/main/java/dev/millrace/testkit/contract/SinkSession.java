package dev.millrace.testkit.contract;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.RowSelection;
import dev.millrace.model.Watermark;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Committer;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One run of a job as a sink sees it, without the job: opened, written to, committed, and closed or just dropped. */
final class SinkSession {
    private final Sink sink;
    private final Committer committer;
    private final int writerCount;
    private final Map<Integer, SinkWriter> writers = new TreeMap<>();

    SinkSession(Sink sink, int writers) {
        this.sink = sink;
        this.writerCount = writers;
        this.committer = sink.openCommitter();
    }

    OptionalLong newestCommitted() {
        return committer.newestCommitted();
    }

    void create(Schema schema) {
        committer.apply(List.of(new SchemaChange.CreateTable(schema)));
    }

    void truncateAtOpening(TableId table) {
        committer.apply(List.of(new SchemaChange.TruncateTable(table)));
    }

    void discardStaged(long afterCheckpoint) {
        committer.discardStaged(afterCheckpoint);
    }

    /** Shares the rows among the writers as the sink wants it. */
    void write(ChangeBatch batch) {
        int[] writerOfRow = new int[batch.rows()];
        sink.partitioner(batch.schema()).assign(batch, writerOfRow);
        for (int writer = 0; writer < writerCount; writer++) {
            int[] rows = new int[batch.rows()];
            int count = 0;
            for (int row = 0; row < batch.rows(); row++) {
                if (writerOfRow[row] == writer) {
                    rows[count++] = row;
                }
            }
            if (count > 0) {
                writer(writer).write(RowSelection.of(batch, rows, count));
            }
        }
    }

    /** Which writer gets each row. */
    int[] partition(ChangeBatch batch) {
        int[] writerOfRow = new int[batch.rows()];
        sink.partitioner(batch.schema()).assign(batch, writerOfRow);
        return writerOfRow;
    }

    void truncate(TableId table) {
        for (int writer = 0; writer < writerCount; writer++) {
            writer(writer).truncate(table);
        }
    }

    CommitRequest prepare(long checkpointId) {
        List<Committable> committables = new ArrayList<>();
        for (int writer = 0; writer < writerCount; writer++) {
            committables.addAll(writer(writer).prepare(checkpointId));
        }
        return new CommitRequest(checkpointId, committables, "position " + checkpointId, Watermark.NONE, true);
    }

    void commit(CommitRequest request) {
        committer.commit(request);
    }

    void prepareAndCommit(long checkpointId) {
        commit(prepare(checkpointId));
    }

    void close() {
        writers.values().forEach(SinkWriter::close);
        committer.close();
        sink.close();
    }

    private SinkWriter writer(int index) {
        return writers.computeIfAbsent(index, sink::openWriter);
    }
}
