package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.Operation;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.event.RowsEvent;
import dev.millrace.source.mysql.event.TableMap;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import dev.millrace.source.mysql.position.TransactionId;
import org.jspecify.annotations.Nullable;

/**
 * Puts the changes of one table into its open batch. A cell that an image after an update does not have was not changed: it is
 * taken from the image before, where that has it.
 */
final class TableChanges {
    private static final String FULL_IMAGES =
            "Set binlog_row_image=FULL at the server, also for sessions that set it for themselves; then drop the pipeline"
                    + " ('cdc drop'), remove its tables from the sink and start anew.";

    private final MySqlTable table;
    private final TableDecoder decoder;
    private final @Nullable ContainedChanges contained;
    private final int width;
    private @Nullable RowLayout layout;
    private @Nullable ChangeBatchBuilder open;
    private @Nullable Transaction transaction;
    private long entered;

    /** @param contained where the snapshot holds changes that the log shows again */
    TableChanges(MySqlTable table, TableDecoder decoder, @Nullable ContainedChanges contained) {
        this.table = table;
        this.contained = contained;
        this.decoder = decoder;
        this.width = table.columns().size();
    }

    MySqlTable table() {
        return table;
    }

    boolean hasRows() {
        return open != null && open.rows() > 0;
    }

    /** What each row takes of the heap beside its values, about. */
    int rowOverhead() {
        return 8 * width;
    }

    ChangeBatch build() {
        return open().build();
    }

    /** Gives the open batch's memory back. */
    void release() {
        open = null;
        entered = 0;
    }

    /** Whether the snapshot holds all changes of the table that the transaction made. */
    boolean isContained(Transaction current) {
        return contained != null && contained.enter(current) == ContainedChanges.Part.ALL;
    }

    /**
     * Appends the event's rows, without those that the snapshot holds.
     *
     * @return how many were looked at
     */
    int add(RowsEvent rows, Transaction current) {
        if (isContained(current)) {
            return 0;
        }
        RowLayout shape = layout(rows.table(), current);
        ChangeBatchBuilder batch = entered(current);
        int count = 0;
        int at = rows.start();
        try {
            for (; at < rows.end(); count++) {
                at = switch (rows.kind()) {
                    case INSERT -> insert(shape, rows, at, current);
                    case UPDATE -> update(shape, rows, at, batch);
                    case DELETE -> delete(shape, rows, at, batch);
                };
            }
        } catch (MillraceException refused) {
            throw refused.code() == MySqlError.VALUE ? located(refused, shape, rows, at, batch) : refused;
        } catch (IndexOutOfBoundsException e) {
            throw malformed(current);
        }
        if (at != rows.end()) {
            throw malformed(current);
        }
        return count;
    }

    /** Rows of another shape than the tracked one are refused: here is where following a schema change would begin. */
    private RowLayout layout(TableMap map, Transaction current) {
        RowLayout known = layout;
        if (known != null && known.map.equals(map)) {
            return known;
        }
        try {
            RowLayout made = RowLayout.of(map, table, decoder);
            layout = made;
            return made;
        } catch (MillraceException refused) {
            throw new MillraceException(
                    refused.code(), refused.getMessage() + where(current), refused.nextStep(), refused);
        }
    }

    private int insert(RowLayout shape, RowsEvent rows, int at, Transaction current) {
        ChangeBatchBuilder batch = open();
        byte[] present = rows.firstColumns();
        if (shape.isWhole(present) && !isPartlyContained()) {
            int end = shape.rows.decode(rows.buffer(), at, present, batch);
            batch.endRow(Operation.INSERT);
            return end;
        }
        int end = shape.after.read(rows.buffer(), at, present, width);
        if (holds(shape, shape.after, shape.after)) {
            return end;
        }
        for (int i = 0; i < width; i++) {
            if (shape.after.has(i)) {
                append(shape, shape.after, i, batch);
            } else if (isNullByDefault(table.columns().get(i), current)) {
                batch.column(i).appendNull();
            } else {
                throw incomplete("A row that was inserted into " + table.id() + " comes without column "
                        + table.columns().get(i).name() + ", which has a default");
            }
        }
        batch.endRow(Operation.INSERT);
        return end;
    }

    /** MariaDB writes texts in quotes, and that there is no default as a word. */
    private static boolean isNullByDefault(MySqlColumn column, Transaction current) {
        boolean mariaDb = current.logged() instanceof TransactionId.MariaDb;
        return column.nullable()
                && column.generated() == MySqlColumn.Generated.NO
                && column.defaultValue()
                        .map(value -> mariaDb && value.equalsIgnoreCase("NULL"))
                        .orElse(true);
    }

    private int delete(RowLayout shape, RowsEvent rows, int at, ChangeBatchBuilder batch) {
        byte[] present = rows.firstColumns();
        if (shape.isWhole(present) && !isPartlyContained()) {
            int end = shape.rows.decode(rows.buffer(), at, present, batch);
            batch.endRow(Operation.DELETE);
            return end;
        }
        int end = shape.before.read(rows.buffer(), at, present, width);
        requireIdentity(shape.before);
        if (!holds(shape, shape.before, shape.before)) {
            appendOld(shape, batch, Operation.DELETE);
        }
        return end;
    }

    private int update(RowLayout shape, RowsEvent rows, int at, ChangeBatchBuilder batch) {
        byte[] source = rows.buffer();
        byte[] first = rows.firstColumns();
        byte[] second = rows.secondColumns();
        if (!shape.isWhole(first) || !shape.isWhole(second) || isPartlyContained()) {
            int middle = shape.before.read(source, at, first, width);
            int end = shape.after.read(source, middle, second, width);
            requireIdentity(shape.before);
            updateOfParts(shape, shape.isWhole(first), batch);
            return end;
        }
        shape.before.read(source, at, first, shape.keyWidth());
        int middle = shape.rows.decode(source, at, first, batch);
        shape.after.read(source, middle, second, shape.keyWidth());
        boolean moved = shape.keyDiffers();
        batch.endRow(moved ? Operation.DELETE : Operation.UPDATE_BEFORE);
        int end = shape.rows.decode(source, middle, second, batch);
        batch.endRow(moved ? Operation.INSERT : Operation.UPDATE_AFTER);
        return end;
    }

    private void updateOfParts(RowLayout shape, boolean oldIsWhole, ChangeBatchBuilder batch) {
        boolean holdsOld = holds(shape, shape.before, shape.before);
        if (!shape.keyDiffers()) {
            if (!holdsOld) {
                if (oldIsWhole) {
                    appendOld(shape, batch, Operation.UPDATE_BEFORE);
                }
                appendNew(shape, batch, Operation.UPDATE_AFTER);
            }
            return;
        }
        if (!holdsOld) {
            appendOld(shape, batch, Operation.DELETE);
        }
        if (!holds(shape, shape.after, shape.before)) {
            requireWhole(shape);
            appendNew(shape, batch, Operation.INSERT);
        }
    }

    private void appendNew(RowLayout shape, ChangeBatchBuilder batch, Operation operation) {
        for (int i = 0; i < width; i++) {
            append(shape, shape.after.has(i) ? shape.after : shape.before, i, batch);
        }
        batch.endRow(operation);
    }

    /** Whether the snapshot holds the changes of some of the table's rows that the transaction made. */
    boolean isPartlyContained(Transaction current) {
        return contained != null && contained.enter(current) == ContainedChanges.Part.BY_KEY;
    }

    private boolean isPartlyContained() {
        return contained != null && contained.part() == ContainedChanges.Part.BY_KEY;
    }

    /** Whether the snapshot holds the change of the row with this key, of which the second image has what the first has not. */
    private boolean holds(RowLayout shape, ImageCells row, ImageCells rest) {
        return isPartlyContained() && contained != null && contained.holds(decoder.schema(), shape.rows, row, rest);
    }

    private void appendOld(RowLayout shape, ChangeBatchBuilder batch, Operation operation) {
        for (int i = 0; i < width; i++) {
            append(shape, shape.before, i, batch);
        }
        batch.endRow(operation);
    }

    private void append(RowLayout shape, ImageCells cells, int column, ChangeBatchBuilder batch) {
        VectorBuilder target = batch.column(column);
        if (!cells.has(column)) {
            target.appendUnchanged();
        } else if (cells.isNull(column)) {
            target.appendNull();
        } else {
            shape.rows.decodeCell(column, cells.source(), cells.start(column), target);
        }
    }

    /** The image before has to say which row it is: by its key, or by all of it where there is no key. */
    private void requireIdentity(ImageCells before) {
        for (int i = 0; i < width; i++) {
            if ((!table.hasKey() || table.key().contains(i)) && !before.has(i)) {
                throw incomplete("A row of " + table.id() + " was changed or deleted, and its former value of column "
                        + table.columns().get(i).name() + ", which tells it from others, is not in the log");
            }
        }
    }

    /** A row under a new key can't be completed by looking its key up: what the sink holds under it is another row, or none. */
    private void requireWhole(RowLayout shape) {
        for (int i = 0; i < width; i++) {
            if (!shape.after.has(i) && !shape.before.has(i)) {
                throw incomplete("The key of a row of " + table.id() + " was changed to "
                        + KeyText.of(decoder.schema(), shape.rows, shape.after) + ", and its value of column "
                        + table.columns().get(i).name() + " is not in the log, because it did not change");
            }
        }
    }

    private MillraceException incomplete(String what) {
        return new MillraceException(MySqlError.ROW_IMAGE, what + where(transaction) + ".", FULL_IMAGES);
    }

    private MillraceException malformed(Transaction current) {
        return ProtocolFailure.of("Rows of " + table.id() + " can't be read" + where(current));
    }

    private static String where(@Nullable Transaction current) {
        return current == null ? "" : ", at " + current.logged().begin();
    }

    /** The value is that of the first column which has no cell yet. */
    private MillraceException located(
            MillraceException refused, RowLayout shape, RowsEvent rows, int at, ChangeBatchBuilder batch) {
        int column = 0;
        while (column < width - 1 && batch.column(column).size() > batch.rows()) {
            column++;
        }
        ImageCells cells = rows.kind() == RowsEvent.Kind.INSERT ? shape.after : shape.before;
        cells.read(rows.buffer(), at, rows.firstColumns(), shape.keyWidth());
        Transaction current = transaction;
        return decoder.locate(
                refused,
                column,
                KeyText.of(decoder.schema(), shape.rows, cells),
                current == null ? "" : current.logged().begin().toString());
    }

    private ChangeBatchBuilder open() {
        ChangeBatchBuilder current = open;
        if (current == null) {
            current = new ChangeBatchBuilder(decoder.schema(), ChangeBatch.Origin.LOG);
            open = current;
        }
        return current;
    }

    private ChangeBatchBuilder entered(Transaction current) {
        ChangeBatchBuilder batch = open();
        if (entered != current.number()) {
            entered = current.number();
            transaction = current;
            batch.startTransaction(current.sourceNumber(), current.commitMicros(), current.number());
        }
        return batch;
    }
}
