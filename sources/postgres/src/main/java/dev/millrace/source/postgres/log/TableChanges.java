package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.Operation;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.failure.WayOut;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.TableSkips;
import dev.millrace.source.postgres.types.CellDecoder;
import dev.millrace.source.postgres.types.KeyText;
import dev.millrace.source.postgres.types.TableDecoder;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Puts the changes of one table into its open batch. A cell that was not sent, because the change did not touch it, is
 * taken from the old row where that has it.
 */
final class TableChanges {
    private static final String NOTHING_KEPT = "Nothing of the transaction was kept. " + WayOut.READ_TABLE_AGAIN;

    private final PgTable table;
    private final TableDecoder decoder;
    private final CellDecoder[] decoders;
    private final @Nullable TableSkips skips;
    private final boolean[] inKey;
    private final int skipColumn;
    private final int width;
    /** Index of each column's cell in the relation's tuples. */
    private final int[] cellOf;
    /** Which columns an old row has that is not sent whole. */
    private final boolean[] identifies;

    private int cells;
    private @Nullable String refusal = "it was not described before its first row";
    private boolean keyIdentifies;
    private @Nullable OpenTable open;
    private Transaction transaction = Transaction.NONE;

    TableChanges(PgTable table, @Nullable TableSkips skips) {
        this.table = table;
        this.decoder = TableDecoder.of(table);
        this.decoders = decoder.decoders().toArray(CellDecoder[]::new);
        this.skips = skips;
        this.width = decoders.length;
        this.inKey = new boolean[width];
        this.cellOf = new int[width];
        this.identifies = new boolean[width];
        int skip = -1;
        for (int i = 0; i < width; i++) {
            int number = table.columns().get(i).number();
            inKey[i] = table.key().contains(number);
            if (skips != null && skips.keyColumn() == number) {
                skip = i;
            }
        }
        skipColumn = skip;
    }

    PgTable table() {
        return table;
    }

    /**
     * Takes over how the rows that follow are laid out. A shape other than the tracked one is refused once a row of it comes:
     * here is where following a schema change would begin.
     */
    void describe(Relation relation) {
        refusal = relation.differenceFrom(table).orElse(null);
        if (refusal != null) {
            return;
        }
        cells = relation.cells().size();
        keyIdentifies = true;
        for (int i = 0; i < width; i++) {
            cellOf[i] = relation.indexOf(table.columns().get(i).name());
            // Under full identity, an old row that is not whole is of a partition with the default one.
            identifies[i] = relation.isFull()
                    ? inKey[i]
                    : relation.cells().get(cellOf[i]).identifies();
            keyIdentifies &= identifies[i] || !inKey[i];
        }
    }

    /** Whether the next row will be refused. */
    boolean isRefused() {
        return refusal != null;
    }

    void enter(Transaction current) {
        transaction = current;
    }

    boolean hasRows() {
        return open != null && open.batch.rows() > 0;
    }

    /** What each row takes of the heap beside its values, about. */
    int rowOverhead() {
        return 8 * width;
    }

    ChangeBatch build() {
        return open().batch.build();
    }

    /** Gives the open batch's memory back. */
    void release() {
        open = null;
    }

    boolean truncationIsContained() {
        return skips != null && skips.containsTable(transaction.commitPlace());
    }

    void insert(byte[] source, Tuple row) {
        if (accepts(row) && !isContained(source, row, null)) {
            append(source, row, null, Operation.INSERT);
        }
    }

    /** @param saidFull whether the old row is said to be whole, not only what identifies it */
    void delete(byte[] source, Tuple old, boolean saidFull) {
        if (accepts(old)) {
            boolean full = saidFull && isWhole(old);
            requireKey(full);
            if (!isContained(source, old, null)) {
                appendOld(source, old, full, Operation.DELETE);
            }
        }
    }

    /** @param saidFull whether the old row is said to be whole, not only what identifies it */
    void update(byte[] source, @Nullable Tuple old, boolean saidFull, Tuple row) {
        if (!accepts(row) || old != null && !accepts(old)) {
            return;
        }
        boolean full = saidFull && (old == null || isWhole(old));
        requireKey(full);
        if (old != null && keyDiffers(source, old, row)) {
            delete(source, old, full);
            if (!isContained(source, row, old)) {
                requireWhole(source, row, full);
                append(source, row, old, Operation.INSERT);
            }
        } else if (!isContained(source, row, old)) {
            if (old != null && full) {
                appendOld(source, old, true, Operation.UPDATE_BEFORE);
            }
            append(source, row, old, Operation.UPDATE_AFTER);
        }
    }

    /** Whether the row has the tracked shape; false where it needs not have it, because the snapshot contains the change. */
    private boolean accepts(Tuple row) {
        if (refusal == null && row.count() == cells) {
            return true;
        }
        if (skips != null && skips.containsTable(transaction.commitPlace())) {
            return false;
        }
        throw new MillraceException(
                PostgresError.SCHEMA,
                "Table " + table.id() + " was changed before the transaction at "
                        + Slots.text(transaction.commitPlace()) + ": "
                        + (refusal == null ? "it has " + row.count() + " columns" : refusal) + ".",
                NOTHING_KEPT);
    }

    /**
     * A partition is created with the default identity, and the log says of its old rows what is true of the root's: then all
     * but their key is null. One that is whole and looks like this loses nothing where it is taken for such a row.
     */
    private boolean isWhole(Tuple old) {
        if (!table.partitioned() || !table.hasKey()) {
            return true;
        }
        for (int i = 0; i < width; i++) {
            if (!inKey[i] && old.length(cellOf[i]) >= 0) {
                return true;
            }
        }
        return false;
    }

    private void requireKey(boolean full) {
        if (!full && !keyIdentifies && table.hasKey()) {
            throw new MillraceException(
                    PostgresError.REPLICA_IDENTITY,
                    "Table " + table.id() + " was updated or deleted from at " + Slots.text(transaction.commitPlace())
                            + " under a replica identity that does not contain its whole key.",
                    "ALTER TABLE " + table.quotedName() + " REPLICA IDENTITY DEFAULT; " + WayOut.READ_TABLE_AGAIN);
        }
    }

    private boolean isContained(byte[] source, Tuple row, @Nullable Tuple old) {
        if (skips == null) {
            return false;
        }
        if (!skips.byKey()) {
            return skips.containsTable(transaction.commitPlace());
        }
        int cell = cellOf[skipColumn];
        Tuple from = row.length(cell) == Tuple.UNCHANGED && old != null ? old : row;
        return skips.contains(transaction.commitPlace(), source, from.start(cell), from.length(cell));
    }

    private boolean keyDiffers(byte[] source, Tuple old, Tuple row) {
        for (int i = 0; i < width; i++) {
            if (inKey[i]) {
                int cell = cellOf[i];
                int a = old.start(cell);
                int b = row.start(cell);
                int length = row.length(cell);
                if (length != Tuple.UNCHANGED
                        && (old.length(cell) != length
                                || length > 0 && !Arrays.equals(source, a, a + length, source, b, b + length))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A row under a new key can't be completed by looking its key up: what the sink holds under it is another row, or none. */
    private void requireWhole(byte[] source, Tuple row, boolean full) {
        for (int i = 0; i < width && !full; i++) {
            if (row.length(cellOf[i]) == Tuple.UNCHANGED && !identifies[i]) {
                throw new MillraceException(
                        PostgresError.UNCHANGED,
                        "The key of a row of " + table.id() + " was changed to " + key(source, row) + " at "
                                + Slots.text(transaction.commitPlace()) + ", and its large value in column "
                                + table.columns().get(i).name() + " was not sent, because it did not change.",
                        "ALTER TABLE " + table.quotedName() + " REPLICA IDENTITY FULL; " + WayOut.READ_TABLE_AGAIN);
            }
        }
    }

    private OpenTable open() {
        OpenTable current = open;
        if (current == null) {
            current = new OpenTable(decoder.schema());
            open = current;
        }
        return current;
    }

    private OpenTable entered() {
        OpenTable current = open();
        current.enter(transaction);
        return current;
    }

    private void append(byte[] source, Tuple row, @Nullable Tuple old, Operation operation) {
        OpenTable target = entered();
        for (int i = 0; i < width; i++) {
            int cell = cellOf[i];
            if (row.length(cell) != Tuple.UNCHANGED) {
                appendCell(source, row, i, target.columns[i]);
            } else if (old != null && old.length(cell) >= 0) {
                appendCell(source, old, i, target.columns[i]);
            } else if (inKey[i]) {
                throw new MillraceException(
                        PostgresError.UNCHANGED,
                        "A row of " + table.id() + " was updated at " + Slots.text(transaction.commitPlace())
                                + ", and column " + table.columns().get(i).name() + " of its key was not sent.",
                        "ALTER TABLE " + table.quotedName() + " REPLICA IDENTITY FULL; " + WayOut.READ_TABLE_AGAIN);
            } else {
                target.columns[i].appendUnchanged();
            }
        }
        target.batch.endRow(operation);
    }

    private void appendOld(byte[] source, Tuple old, boolean full, Operation operation) {
        OpenTable target = entered();
        for (int i = 0; i < width; i++) {
            if (full || identifies[i]) {
                appendCell(source, old, i, target.columns[i]);
            } else {
                target.columns[i].appendUnchanged();
            }
        }
        target.batch.endRow(operation);
    }

    private void appendCell(byte[] source, Tuple row, int column, VectorBuilder target) {
        int cell = cellOf[column];
        int length = row.length(cell);
        if (length < 0) {
            requireNullable(source, row, column);
            target.appendNull();
            return;
        }
        try {
            decoders[column].decode(source, row.start(cell), length, target);
        } catch (MillraceException refused) {
            throw decoder.locate(refused, column, key(source, row), Slots.text(transaction.commitPlace()));
        }
    }

    /** Descriptions in the log don't say that a column may be null from now on. */
    private void requireNullable(byte[] source, Tuple row, int column) {
        if (!decoder.schema().columns().get(column).nullable()) {
            throw new MillraceException(
                    PostgresError.SCHEMA,
                    "Table " + table.id() + " was changed before the transaction at "
                            + Slots.text(transaction.commitPlace()) + ": column "
                            + table.columns().get(column).name() + " was NOT NULL, and is null in row "
                            + key(source, row)
                            + ".",
                    NOTHING_KEPT);
        }
    }

    private String key(byte[] source, Tuple row) {
        StringJoiner key = new StringJoiner(", ", "(", ")");
        for (int i = 0; i < width; i++) {
            int cell = cellOf[i];
            if (inKey[i] && row.length(cell) >= 0) {
                key.add(table.columns().get(i).name() + "="
                        + KeyText.of(table.columns().get(i).type(), source, row.start(cell), row.length(cell)));
            }
        }
        return key.toString();
    }
}
