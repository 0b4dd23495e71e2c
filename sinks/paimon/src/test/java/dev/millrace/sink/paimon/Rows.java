package dev.millrace.sink.paimon;

import dev.millrace.model.ArrayVector;
import dev.millrace.model.BytesVector;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.MapVector;
import dev.millrace.model.Operation;
import dev.millrace.model.StructVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows written down as values: numbers, texts, bytes, lists (of elements, of a struct's fields), maps, null, and {@link #UNCHANGED}. */
final class Rows {
    /** A cell that the source left out. */
    static final Unchanged UNCHANGED = new Unchanged();

    record Unchanged() {}

    private final ChangeBatchBuilder builder;
    private @Nullable ChangeBatch built;

    private Rows(Schema schema) {
        builder = new ChangeBatchBuilder(schema, ChangeBatch.Origin.LOG);
        builder.startTransaction(1, 1, 1);
    }

    static Rows of(Schema schema) {
        return new Rows(schema);
    }

    Rows transaction(long position) {
        builder.startTransaction(position, position, position);
        return this;
    }

    Rows insert(@Nullable Object... values) {
        return row(Operation.INSERT, values);
    }

    Rows update(@Nullable Object... values) {
        return row(Operation.UPDATE_AFTER, values);
    }

    Rows delete(@Nullable Object... values) {
        return row(Operation.DELETE, values);
    }

    Rows row(Operation operation, @Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            append(builder.column(i), values[i]);
        }
        builder.endRow(operation);
        return this;
    }

    ChangeBatch batch() {
        if (built == null) {
            built = builder.build();
        }
        return built;
    }

    private static void append(VectorBuilder column, @Nullable Object value) {
        if (value == null) {
            column.appendNull();
            return;
        }
        if (value instanceof Unchanged) {
            column.appendUnchanged();
            return;
        }
        switch (column) {
            case LongVector.Builder longs -> longs.append(((Number) value).longValue());
            case DoubleVector.Builder doubles -> doubles.append(((Number) value).doubleValue());
            case BytesVector.Builder bytes -> {
                byte[] content = value instanceof byte[] raw ? raw : ((String) value).getBytes(StandardCharsets.UTF_8);
                bytes.appendCell(content, 0, content.length);
            }
            case ArrayVector.Builder array -> {
                ((List<?>) value).forEach(element -> append(array.elements(), element));
                array.endCell();
            }
            case MapVector.Builder map -> {
                ((Map<?, ?>) value).forEach((key, entry) -> {
                    append(map.keys(), key);
                    append(map.values(), entry);
                });
                map.endCell();
            }
            case StructVector.Builder struct -> {
                List<?> fields = (List<?>) value;
                for (int i = 0; i < fields.size(); i++) {
                    append(struct.fields().get(i), fields.get(i));
                }
                struct.endCell();
            }
        }
    }
}
