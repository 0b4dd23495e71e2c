package dev.millrace.source.postgres.snapshot;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.Operation;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.Epoch;
import dev.millrace.source.postgres.types.BigEndian;
import dev.millrace.source.postgres.types.CellDecoder;
import dev.millrace.source.postgres.types.KeyText;
import dev.millrace.source.postgres.types.TableDecoder;
import java.util.StringJoiner;

/** Puts rows of a binary {@code COPY} into a batch. */
final class RowDecoder {
    private static final int FIXED_HEADER = 15;
    private static final int HEADER = 19;
    private static final int TRAILER = -1;

    private final PgTable table;
    private final TableDecoder decoder;
    private final CellDecoder[] decoders;
    private final VectorBuilder[] columns;
    private final ChangeBatchBuilder batch;
    private final String position;
    private boolean headerSeen;

    /** @param position for messages */
    RowDecoder(PgTable table, Epoch epoch, String position) {
        this.table = table;
        this.decoder = TableDecoder.of(table);
        this.decoders = decoder.decoders().toArray(CellDecoder[]::new);
        this.batch = new ChangeBatchBuilder(decoder.schema(), ChangeBatch.Origin.SNAPSHOT);
        this.columns = new VectorBuilder[decoders.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i);
        }
        this.position = position;
        batch.startTransaction(0, epoch.micros(), epoch.place());
    }

    /**
     * Appends the row of one message of the copy.
     *
     * @return false where the message holds no row
     */
    boolean append(byte[] message) {
        int at = 0;
        if (!headerSeen) {
            headerSeen = true;
            at = headerLength(message);
            if (at == message.length) {
                return false;
            }
        }
        int fields = BigEndian.int2(message, at);
        if (fields == TRAILER) {
            return false;
        }
        if (fields != decoders.length) {
            throw new MillraceException(
                    PostgresError.PROTOCOL,
                    "A row of " + table.id() + " has " + fields + " fields where " + decoders.length
                            + " were asked for.",
                    "This is a defect: please report it.");
        }
        cells(message, at + 2);
        batch.endRow(Operation.INSERT);
        return true;
    }

    /** How long the header is that the first message of a copy begins with. */
    static int headerLength(byte[] message) {
        return HEADER + BigEndian.int4(message, FIXED_HEADER);
    }

    private void cells(byte[] message, int start) {
        int at = start;
        for (int i = 0; i < decoders.length; i++) {
            int length = BigEndian.int4(message, at);
            at += 4;
            if (length < 0) {
                columns[i].appendNull();
            } else {
                try {
                    decoders[i].decode(message, at, length, columns[i]);
                } catch (MillraceException refused) {
                    throw decoder.locate(refused, i, key(message, start), position);
                }
                at += length;
            }
        }
    }

    /** The key of the row whose cells begin here, as text. */
    private String key(byte[] message, int start) {
        StringJoiner key = new StringJoiner(", ", "(", ")");
        int at = start;
        for (int i = 0; i < decoders.length; i++) {
            int length = BigEndian.int4(message, at);
            if (table.key().contains(table.columns().get(i).number())) {
                key.add(table.columns().get(i).name() + "="
                        + KeyText.of(table.columns().get(i).type(), message, at + 4, length));
            }
            at += 4 + Math.max(0, length);
        }
        return key.toString();
    }

    int rows() {
        return batch.rows();
    }

    ChangeBatch build() {
        return batch.build();
    }
}
