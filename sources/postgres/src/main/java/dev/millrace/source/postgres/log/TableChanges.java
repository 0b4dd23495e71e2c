package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.Operation;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.TableSkips;
import dev.millrace.source.postgres.types.CellDecoder;
import dev.millrace.source.postgres.types.KeyText;
import dev.millrace.source.postgres.types.TableDecoder;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Puts the changes of one table into its open batch. */
final class TableChanges {
    private final PgTable table;
    private final TableDecoder decoder;
    private final CellDecoder[] decoders;
    private final VectorBuilder[] columns;
    private final ChangeBatchBuilder batch;
    private final @Nullable TableSkips skips;
    private final boolean[] inKey;
    private final int skipColumn;
    private RelationColumns described;
    /** Index of each column's cell in the relation's tuples. */
    private int[] cellOf;
    private long transaction;
    private long commitPlace;

    TableChanges(PgTable table, @Nullable TableSkips skips) {
        this.table = table;
        this.decoder = TableDecoder.of(table);
        this.decoders = decoder.decoders().toArray(CellDecoder[]::new);
        this.batch = new ChangeBatchBuilder(decoder.schema(), ChangeBatch.Origin.LOG);
        this.columns = new VectorBuilder[decoders.length];
        this.inKey = new boolean[decoders.length];
        this.described = RelationColumns.asKnown(table);
        this.cellOf = described.cells();
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i);
            inKey[i] = table.key().contains(table.columns().get(i).number());
        }
        this.skips = skips;
        this.skipColumn = skips == null ? -1 : indexOf(skips.keyColumn());
    }

    private int indexOf(int number) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).number() == number) {
                return i;
            }
        }
        return -1;
    }

    PgTable table() {
        return table;
    }

    int columns() {
        return columns.length;
    }

    /** Rows come in this order from now on. */
    void describe(RelationColumns relation) {
        described = relation;
        cellOf = relation.cells();
    }

    /** A row of this transaction follows. */
    void begin(CommittedTransaction next) {
        described.check(table, next.commitPlace());
        if (transaction != next.number()) {
            transaction = next.number();
            commitPlace = next.commitPlace();
            batch.startTransaction(next.xid(), next.micros(), commitPlace);
        }
    }

    int rows() {
        return batch.rows();
    }

    ChangeBatch build() {
        return batch.build();
    }

    boolean truncationIsContained() {
        return skips != null && skips.containsTable(commitPlace);
    }

    void insert(byte[] source, Tuple row) {
        if (!isContained(source, row)) {
            append(source, row, null, Operation.INSERT);
        }
    }

    void delete(byte[] source, Tuple old, boolean full) {
        if (!isContained(source, old)) {
            appendOld(source, old, full, Operation.DELETE);
        }
    }

    /** @param full whether the old row came whole, not only its key */
    void update(byte[] source, @Nullable Tuple old, boolean full, Tuple row) {
        if (old != null && keyDiffers(source, old, row)) {
            delete(source, old, full);
            if (!isContained(source, row)) {
                refuseUnchanged(source, row, full);
                append(source, row, full ? old : null, Operation.INSERT);
            }
            return;
        }
        if (isContained(source, row)) {
            return;
        }
        if (old != null && full) {
            appendOld(source, old, true, Operation.UPDATE_BEFORE);
        }
        append(source, row, full ? old : null, Operation.UPDATE_AFTER);
    }

    private boolean isContained(byte[] source, Tuple row) {
        if (skips == null) {
            return false;
        }
        if (!skips.byKey()) {
            return skips.containsTable(commitPlace);
        }
        int cell = cellOf[skipColumn];
        return skips.contains(commitPlace, source, row.start(cell), row.length(cell));
    }

    private boolean keyDiffers(byte[] source, Tuple old, Tuple row) {
        for (int i = 0; i < inKey.length; i++) {
            if (inKey[i]) {
                int cell = cellOf[i];
                int a = old.start(cell);
                int b = row.start(cell);
                if (row.length(cell) != Tuple.UNCHANGED
                        && (old.length(cell) != row.length(cell)
                                || !Arrays.equals(
                                        source, a, a + old.length(cell), source, b, b + row.length(cell)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A row under a new key can't be completed by looking its key up: what the sink holds under it is another row, or none. */
    private void refuseUnchanged(byte[] source, Tuple row, boolean full) {
        for (int i = 0; i < columns.length && !full; i++) {
            if (row.length(cellOf[i]) == Tuple.UNCHANGED) {
                throw new MillraceException(
                        PostgresError.VALUE,
                        "The key of a row of " + table.id() + " was changed to " + key(source, row) + " at "
                                + Slots.text(commitPlace) + ", and its large value in column "
                                + table.columns().get(i).name() + " was not sent, because it did not change.",
                        "ALTER TABLE " + table.quotedName() + " REPLICA IDENTITY FULL; then start the pipeline anew ('cdc drop').");
            }
        }
    }

    private void append(byte[] source, Tuple row, @Nullable Tuple before, Operation operation) {
        for (int i = 0; i < columns.length; i++) {
            int cell = cellOf[i];
            int length = row.length(cell);
            if (length >= 0) {
                decode(source, row, i);
            } else if (length == Tuple.NULL) {
                columns[i].appendNull();
            } else if (before != null) {
                decodeOrNull(source, before, i);
            } else {
                columns[i].appendUnchanged();
            }
        }
        batch.endRow(operation);
    }

    private void appendOld(byte[] source, Tuple old, boolean full, Operation operation) {
        for (int i = 0; i < columns.length; i++) {
            if (full || inKey[i]) {
                decodeOrNull(source, old, i);
            } else {
                columns[i].appendUnchanged();
            }
        }
        batch.endRow(operation);
    }

    private void decodeOrNull(byte[] source, Tuple row, int column) {
        if (row.length(cellOf[column]) < 0) {
            columns[column].appendNull();
        } else {
            decode(source, row, column);
        }
    }

    private void decode(byte[] source, Tuple row, int column) {
        int cell = cellOf[column];
        try {
            decoders[column].decode(source, row.start(cell), row.length(cell), columns[column]);
        } catch (MillraceException refused) {
            throw decoder.locate(refused, column, key(source, row), Slots.text(commitPlace));
        } catch (IndexOutOfBoundsException
                | NegativeArraySizeException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException nonsense) {
            throw decoder.locate(
                    MalformedMessage.of("a value of " + row.length(cell) + " bytes is not one of its type"),
                    column,
                    "",
                    Slots.text(commitPlace));
        }
    }

    private String key(byte[] source, Tuple row) {
        StringJoiner key = new StringJoiner(", ", "(", ")");
        for (int i = 0; i < inKey.length; i++) {
            int cell = cellOf[i];
            if (inKey[i] && row.length(cell) >= 0) {
                key.add(table.columns().get(i).name() + "="
                        + KeyText.of(table.columns().get(i).type(), source, row.start(cell), row.length(cell)));
            }
        }
        return key.toString();
    }
}
