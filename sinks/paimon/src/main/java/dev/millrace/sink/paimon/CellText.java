package dev.millrace.sink.paimon;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.BooleanNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.DecimalNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.LongNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.NullNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.TextNode;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;
import org.jspecify.annotations.Nullable;

/** Cells of a Paimon table as people read them; lists, maps and structs as JSON. */
final class CellText {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RowType type;
    private final InternalRow.FieldGetter[] getters;

    CellText(RowType type) {
        this.type = type;
        this.getters = getters(type);
    }

    static boolean isNested(DataType type) {
        return switch (type.getTypeRoot()) {
            case ARRAY, MAP, ROW -> true;
            default -> false;
        };
    }

    List<Optional<String>> of(InternalRow row) {
        List<Optional<String>> cells = new ArrayList<>(getters.length);
        for (int i = 0; i < getters.length; i++) {
            DataType field = type.getTypeAt(i);
            cells.add(Optional.ofNullable(getters[i].getFieldOrNull(row)).map(value -> of(value, field)));
        }
        return cells;
    }

    private static String of(Object value, DataType type) {
        return switch (type.getTypeRoot()) {
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME_WITHOUT_TIME_ZONE ->
                LocalTime.ofNanoOfDay((Integer) value * NANOS_PER_MILLI).toString();
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                ((Timestamp) value).toLocalDateTime().toString();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant((Timestamp) value).toString();
            case BINARY, VARBINARY -> HexFormat.of().formatHex((byte[]) value);
            case ARRAY, MAP, ROW -> json(value, type).toString();
            default -> value.toString();
        };
    }

    private static InternalRow.FieldGetter[] getters(RowType type) {
        InternalRow.FieldGetter[] getters = new InternalRow.FieldGetter[type.getFieldCount()];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = InternalRow.createFieldGetter(type.getTypeAt(i), i);
        }
        return getters;
    }

    private static Instant instant(Timestamp value) {
        return Instant.ofEpochMilli(value.getMillisecond()).plusNanos(value.getNanoOfMillisecond());
    }

    /** Numbers that JSON lacks (infinity, NaN) are text. */
    private static JsonNode json(@Nullable Object value, DataType type) {
        if (value == null) {
            return NullNode.getInstance();
        }
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> BooleanNode.valueOf((Boolean) value);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> LongNode.valueOf(((Number) value).longValue());
            case DECIMAL -> DecimalNode.valueOf(((Decimal) value).toBigDecimal());
            case FLOAT, DOUBLE -> floating(value.toString());
            case ARRAY -> array((InternalArray) value, ((ArrayType) type).getElementType());
            case MAP -> map((InternalMap) value, (MapType) type);
            case ROW -> struct((InternalRow) value, (RowType) type);
            default -> TextNode.valueOf(of(value, type));
        };
    }

    private static JsonNode floating(String text) {
        return text.endsWith("y") || text.equals("NaN")
                ? TextNode.valueOf(text)
                : DecimalNode.valueOf(new BigDecimal(text));
    }

    private static ArrayNode array(InternalArray array, DataType type) {
        InternalArray.ElementGetter getter = InternalArray.createElementGetter(type);
        ArrayNode elements = Json.object().arrayNode();
        for (int i = 0; i < array.size(); i++) {
            elements.add(json(getter.getElementOrNull(array, i), type));
        }
        return elements;
    }

    private static ObjectNode map(InternalMap map, MapType type) {
        ArrayNode keys = array(map.keyArray(), type.getKeyType());
        ArrayNode values = array(map.valueArray(), type.getValueType());
        ObjectNode entries = Json.object();
        for (int i = 0; i < map.size(); i++) {
            entries.set(keys.get(i).asText(), values.get(i));
        }
        return entries;
    }

    private static ObjectNode struct(InternalRow row, RowType type) {
        InternalRow.FieldGetter[] getters = getters(type);
        ObjectNode fields = Json.object();
        for (int i = 0; i < getters.length; i++) {
            fields.set(type.getFields().get(i).name(), json(getters[i].getFieldOrNull(row), type.getTypeAt(i)));
        }
        return fields;
    }
}
