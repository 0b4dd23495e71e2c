package dev.millrace.source.mysql.snapshot;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.Operation;
import dev.millrace.schema.Column;
import dev.millrace.schema.Schema;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.split.EpochMark;
import dev.millrace.source.mysql.split.SnapshotSplit.Piece;
import dev.millrace.source.mysql.types.CellText;
import dev.millrace.source.mysql.wire.ResultStream;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.progress.SnapshotProgress;
import dev.millrace.spi.ChangeOutput;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The reading of one chunk, some rows at a time. */
final class ChunkReading {
    /** Rows between two looks at the clock. */
    private static final int ROWS_PER_LOOK = 64;

    private final Piece piece;
    private final TableDecoder table;
    private final long batchBytes;
    private final ChangeBatchBuilder batch;
    private final ResultStream result;
    private @Nullable ResultRowDecoder rows;
    private long bytes;

    ChunkReading(ServerSession session, EpochMark epoch, Piece piece, TableDecoder table, long batchBytes) {
        this.piece = piece;
        this.table = table;
        this.batchBytes = batchBytes;
        this.batch = new ChangeBatchBuilder(table.schema(), ChangeBatch.Origin.SNAPSHOT);
        batch.startTransaction(0, epoch.micros(), epoch.order());
        this.result = session.begin(ChunkStatement.of(piece.table(), piece.range()));
    }

    enum Outcome {
        /** The batch is full or the time is up; there is more. */
        MORE,
        /** The server has sent nothing within the time. */
        STARVED,
        /** All rows were emitted. */
        DONE
    }

    /**
     * Reads until a batch is full, the deadline has passed, or the chunk ends.
     *
     * @param maxWaitNanos how long the server may send nothing
     */
    Outcome read(ChangeOutput output, long deadlineNanos, long maxWaitNanos, SnapshotProgress progress) {
        for (int count = 1; ; count++) {
            if (!result.await(maxWaitNanos)) {
                return Outcome.STARVED;
            }
            if (!result.next()) {
                emit(output, progress);
                return Outcome.DONE;
            }
            append();
            if (bytes >= batchBytes) {
                emit(output, progress);
                return Outcome.MORE;
            }
            if (count % ROWS_PER_LOOK == 0 && System.nanoTime() - deadlineNanos >= 0) {
                return Outcome.MORE;
            }
        }
    }

    private void append() {
        ResultRowDecoder decoder = rows;
        if (decoder == null) {
            decoder = new ResultRowDecoder(table.forResults(result.columns()));
            rows = decoder;
        }
        try {
            decoder.decode(result, batch);
        } catch (MillraceException refused) {
            throw refused.code() == MySqlError.VALUE
                    ? table.locate(
                            refused, decoder.column(), key(decoder), "chunk " + piece.chunk() + " of the snapshot")
                    : refused;
        }
        batch.endRow(Operation.INSERT);
        bytes += result.end() - result.start();
    }

    private void emit(ChangeOutput output, SnapshotProgress progress) {
        if (batch.rows() > 0) {
            progress.rowsRead(batch.rows());
            output.emit(batch.build());
            bytes = 0;
        }
    }

    /** The key of the row that the result stands at, as far as it can be read. */
    private String key(ResultRowDecoder decoder) {
        Schema schema = table.schema();
        ChangeBatchBuilder scratch = new ChangeBatchBuilder(schema, ChangeBatch.Origin.SNAPSHOT);
        try {
            decoder.decode(result, scratch);
        } catch (MillraceException again) {
            // As far as it went.
        }
        StringJoiner text = new StringJoiner(", ", "(", ")");
        for (int index : schema.key()) {
            Column column = schema.columns().get(index);
            text.add(column.name() + "="
                    + (index < decoder.column()
                            ? CellText.of(column.type(), scratch.column(index).build(), 0)
                            : "?"));
        }
        return text.toString();
    }
}
