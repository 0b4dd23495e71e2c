package dev.millrace.sink.paimon;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;
import org.jspecify.annotations.Nullable;

/** Cells of a Paimon table as people read them. */
final class CellText {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private CellText() {}

    static List<Optional<String>> of(InternalRow row, RowType type) {
        List<Optional<String>> cells = new ArrayList<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            DataType field = type.getTypeAt(i);
            cells.add(
                    Optional.ofNullable(InternalRow.createFieldGetter(field, i).getFieldOrNull(row))
                            .map(value -> of(value, field)));
        }
        return cells;
    }

    private static String of(@Nullable Object value, DataType type) {
        if (value == null) {
            return "null";
        }
        return switch (type.getTypeRoot()) {
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME_WITHOUT_TIME_ZONE ->
                LocalTime.ofNanoOfDay((Integer) value * NANOS_PER_MILLI).toString();
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                ((Timestamp) value).toLocalDateTime().toString();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant((Timestamp) value).toString();
            case BINARY, VARBINARY -> HexFormat.of().formatHex((byte[]) value);
            case ARRAY ->
                elements((InternalArray) value, ((ArrayType) type).getElementType())
                        .toString();
            case MAP -> map((InternalMap) value, (MapType) type);
            case ROW -> struct((InternalRow) value, (RowType) type);
            default -> value.toString();
        };
    }

    private static Instant instant(Timestamp value) {
        return Instant.ofEpochMilli(value.getMillisecond()).plusNanos(value.getNanoOfMillisecond());
    }

    private static List<String> elements(InternalArray array, DataType type) {
        InternalArray.ElementGetter getter = InternalArray.createElementGetter(type);
        List<String> texts = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            texts.add(of(getter.getElementOrNull(array, i), type));
        }
        return texts;
    }

    private static String map(InternalMap map, MapType type) {
        List<String> keys = elements(map.keyArray(), type.getKeyType());
        List<String> values = elements(map.valueArray(), type.getValueType());
        List<String> entries = new ArrayList<>(map.size());
        for (int i = 0; i < map.size(); i++) {
            entries.add(keys.get(i) + "=" + values.get(i));
        }
        return "{" + String.join(", ", entries) + "}";
    }

    private static String struct(InternalRow row, RowType type) {
        List<Optional<String>> cells = of(row, type);
        List<String> fields = new ArrayList<>();
        for (DataField field : type.getFields()) {
            fields.add(field.name() + "=" + cells.get(fields.size()).orElse("null"));
        }
        return "{" + String.join(", ", fields) + "}";
    }
}
