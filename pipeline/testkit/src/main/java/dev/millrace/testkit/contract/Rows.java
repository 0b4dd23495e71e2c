package dev.millrace.testkit.contract;

import dev.millrace.model.BytesVector;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.LongVector;
import dev.millrace.model.Operation;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.testkit.TypeExample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a table with a number and a text, appended one by one. */
final class Rows {
    private final ChangeBatchBuilder builder;
    private long position;

    Rows(Schema schema) {
        builder = new ChangeBatchBuilder(schema, ChangeBatch.Origin.LOG);
    }

    static Schema keyed(TableId table) {
        return new Schema(table, 1, columns(), List.of(0));
    }

    static Schema keyless(TableId table) {
        return new Schema(table, 1, columns(), List.of());
    }

    private static List<Column> columns() {
        return List.of(
                new Column(1, "id", new DataType.Int64(), false), new Column(2, "name", new DataType.Text(), true));
    }

    Rows insert(long id, @Nullable String name) {
        return add(Operation.INSERT, id, name);
    }

    Rows update(long id, @Nullable String name) {
        return add(Operation.UPDATE_AFTER, id, name);
    }

    /** An update that does not touch the text. */
    Rows updateWithoutName(long id) {
        key(id);
        builder.column(1).appendUnchanged();
        builder.endRow(Operation.UPDATE_AFTER);
        return this;
    }

    /** A delete that brings the key only. */
    Rows delete(long id) {
        key(id);
        builder.column(1).appendUnchanged();
        builder.endRow(Operation.DELETE);
        return this;
    }

    ChangeBatch batch() {
        return builder.build();
    }

    private Rows add(Operation operation, long id, @Nullable String name) {
        key(id);
        if (name == null) {
            builder.column(1).appendNull();
        } else {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            ((BytesVector.Builder) builder.column(1)).appendCell(bytes, 0, bytes.length);
        }
        builder.endRow(operation);
        return this;
    }

    /** Appends a row with a number and the examples, or, where there are none, with nulls. */
    static void appendExamples(ChangeBatchBuilder rows, long id, @Nullable List<TypeExample> examples) {
        ((LongVector.Builder) rows.column(0)).append(id);
        for (int i = 1; i < rows.schema().columns().size(); i++) {
            if (examples == null) {
                rows.column(i).appendNull();
            } else {
                examples.get(i - 1).append().accept(rows.column(i));
            }
        }
        rows.endRow(Operation.INSERT);
    }

    private void key(long id) {
        position++;
        builder.startTransaction(position, position, position);
        ((LongVector.Builder) builder.column(0)).append(id);
    }
}
