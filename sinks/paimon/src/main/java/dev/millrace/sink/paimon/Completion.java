package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.model.Operation;
import dev.millrace.sink.paimon.BucketSplitter.BucketRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Gives rows the values that the source left out as unchanged: from the rows of the same key that arrived before in this
 * buffer, or else from the sink's own row, which is read for all such keys of a bucket at once.
 */
final class Completion {
    /** For buffers in which nothing is left out. */
    static final Completion NOT_NEEDED = new Completion(null, Map.of());

    private final @Nullable TargetTable target;
    private final Map<BinaryRow, InternalRow> rowsOfSink;

    private Completion(@Nullable TargetTable target, Map<BinaryRow, InternalRow> rowsOfSink) {
        this.target = target;
        this.rowsOfSink = rowsOfSink;
    }

    /** Reads the sink's rows of those keys whose rows in the buffer do not hold all values. */
    static Completion prepare(
            TargetTable target, RowBuffer buffer, KeyGroups groups, CurrentRows current, BucketRows rows)
            throws Exception {
        InternalRowSerializer keys = keySerializer(target);
        List<BinaryRow> needed = new ArrayList<>();
        while (groups.next()) {
            if (needsRowOfSink(target, buffer, groups)) {
                needed.add(key(target, keys, buffer, groups.last()));
            }
        }
        return new Completion(
                target, needed.isEmpty() ? Map.of() : current.read(rows.partition(), rows.bucket(), needed));
    }

    /** The row that the key has after all rows of its group. */
    InternalRow complete(RowBuffer buffer, KeyGroups group) {
        int last = group.last();
        CellRow row = buffer.window(last);
        if (target == null || buffer.is(Operation.DELETE, last) || !lacksAny(target, row, buffer.rowOf(last))) {
            return row;
        }
        return assemble(target, buffer, group);
    }

    private InternalRow assemble(TargetTable table, RowBuffer buffer, KeyGroups group) {
        int columns = table.schema().columns().size();
        GenericRow complete = new GenericRow(columns);
        for (int column = 0; column < columns; column++) {
            InternalRow source = source(table, buffer, group, column);
            complete.setField(
                    column,
                    InternalRow.createFieldGetter(table.rowType().getTypeAt(column), column)
                            .getFieldOrNull(source));
        }
        return complete;
    }

    private InternalRow source(TargetTable table, RowBuffer buffer, KeyGroups group, int column) {
        for (int i = group.count() - 1; i >= 0; i--) {
            int position = group.position(i);
            if (buffer.is(Operation.DELETE, position)) {
                throw refused(table, buffer, group.last(), column);
            }
            CellRow row = buffer.window(position);
            if (!row.cells(column).vector().isUnchanged(buffer.rowOf(position))) {
                return row.another().at(buffer.rowOf(position));
            }
        }
        InternalRow ofSink = rowsOfSink.get(key(table, keySerializer(table), buffer, group.last()));
        if (ofSink == null) {
            throw refused(table, buffer, group.last(), column);
        }
        return ofSink;
    }

    private static boolean needsRowOfSink(TargetTable target, RowBuffer buffer, KeyGroups group) {
        if (buffer.is(Operation.DELETE, group.last())) {
            return false;
        }
        for (int column = 0; column < target.schema().columns().size(); column++) {
            boolean found = false;
            for (int i = group.count() - 1; i >= 0 && !found; i--) {
                int position = group.position(i);
                found = buffer.is(Operation.DELETE, position)
                        || !buffer.window(position).cells(column).vector().isUnchanged(buffer.rowOf(position));
            }
            if (!found) {
                return true;
            }
        }
        return false;
    }

    private static boolean lacksAny(TargetTable target, CellRow row, int rowOfBatch) {
        for (int column = 0; column < target.schema().columns().size(); column++) {
            if (row.cells(column).vector().isUnchanged(rowOfBatch)) {
                return true;
            }
        }
        return false;
    }

    private static InternalRowSerializer keySerializer(TargetTable target) {
        return new InternalRowSerializer(target.rowType().project(target.keyColumns()));
    }

    private static BinaryRow key(TargetTable target, InternalRowSerializer keys, RowBuffer buffer, int position) {
        return keys.toBinaryRow(
                        buffer.window(position).select(target.keyColumns()).at(buffer.rowOf(position)))
                .copy();
    }

    private static MillraceException refused(TargetTable target, RowBuffer buffer, int position, int column) {
        return new MillraceException(
                PaimonError.UNCHANGED_VALUE,
                "The source sent a change of "
                        + RowName.of(target, buffer.batch(position), buffer.rowOf(position))
                        + ", without the value of column '"
                        + target.schema().columns().get(column).name()
                        + "', which it calls unchanged, and " + target.name() + " has no row to take it from.",
                "Make the source send whole rows, in PostgreSQL: ALTER TABLE "
                        + target.schema().table().name() + " REPLICA IDENTITY FULL; then let the table be read anew.");
    }
}
