package dev.millrace.source.postgres.snapshot;

import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.split.Epoch;
import dev.millrace.source.postgres.split.SnapshotSplit.Piece;
import dev.millrace.source.relational.progress.SnapshotProgress;
import dev.millrace.spi.ChangeOutput;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.copy.CopyOut;

/** The reading of one chunk, some rows at a time. */
final class ChunkCopy {
    /** Rows between two looks at the clock. */
    private static final int ROWS_PER_LOOK = 64;

    private final Piece piece;
    private final RowDecoder rows;
    private final CopyOut copy;
    private final long batchBytes;
    private final long longestSilenceNanos;
    private long bytes;
    private boolean starved;
    private long starvedSince;

    ChunkCopy(SnapshotSession session, Epoch epoch, Piece piece, long batchBytes) {
        this.piece = piece;
        this.rows = new RowDecoder(piece.table(), epoch, "chunk " + piece.chunk() + " of the snapshot");
        this.batchBytes = batchBytes;
        try {
            this.longestSilenceNanos = session.longestSilenceNanos();
            this.copy = session.copy(CopyStatement.of(piece.table(), piece.range()));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    enum Outcome {
        /** The batch is full or the time is up; there is more. */
        MORE,
        /** The server has sent nothing for now. */
        STARVED,
        /** All rows were emitted. */
        DONE
    }

    /** Reads until a batch is full, the deadline has passed, the server has nothing more for now, or the chunk ends. */
    Outcome read(ChangeOutput output, long deadlineNanos, SnapshotProgress progress) {
        try {
            return rows(output, deadlineNanos, progress);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Outcome rows(ChangeOutput output, long deadlineNanos, SnapshotProgress progress) throws SQLException {
        for (int count = 1; ; count++) {
            byte[] message = copy.readFromCopy(false);
            if (message == null) {
                if (!copy.isActive()) {
                    emit(output, progress);
                    return Outcome.DONE;
                }
                requireLife();
                return Outcome.STARVED;
            }
            starved = false;
            if (rows.append(message)) {
                bytes += message.length;
            }
            if (bytes >= batchBytes) {
                emit(output, progress);
                return Outcome.MORE;
            }
            if (count % ROWS_PER_LOOK == 0 && System.nanoTime() - deadlineNanos >= 0) {
                return Outcome.MORE;
            }
        }
    }

    /** Reading does not wait, so no timeout of the driver applies. */
    private void requireLife() throws SQLException {
        long now = System.nanoTime();
        if (!starved) {
            starved = true;
            starvedSince = now;
        } else if (longestSilenceNanos > 0 && now - starvedSince > longestSilenceNanos) {
            throw new SQLException(
                    "nothing has come for "
                            + Duration.ofNanos(longestSilenceNanos).toSeconds() + " s",
                    "08006");
        }
    }

    private void emit(ChangeOutput output, SnapshotProgress progress) {
        if (rows.rows() > 0) {
            progress.rowsRead(rows.rows());
            output.emit(rows.build());
            bytes = 0;
        }
    }

    private dev.millrace.error.MillraceException failed(SQLException e) {
        return PostgresFailure.during(
                "reading chunk " + piece.chunk() + " of " + piece.table().id(), e);
    }
}
