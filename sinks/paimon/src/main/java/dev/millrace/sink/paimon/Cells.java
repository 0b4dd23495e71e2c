package dev.millrace.sink.paimon;

import dev.millrace.model.ArrayVector;
import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.MapVector;
import dev.millrace.model.StructVector;
import dev.millrace.schema.DataType;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.memory.MemorySegment;

/** One column as Paimon wants to see it. Copies no bytes and boxes nothing; strings are ranges of the vector's array. */
final class Cells {
    private static final int MICROS_PER_MILLI = 1000;
    private final ColumnVector vector;
    private final DataType type;
    private final boolean nullable;
    private final boolean asText;
    private final MemorySegment[] segments;

    Cells(ColumnVector vector, DataType type, boolean nullable) {
        this.vector = vector;
        this.type = type;
        this.nullable = nullable;
        this.asText = PaimonTypes.asText(type);
        this.segments = vector instanceof BytesVector bytes
                ? new MemorySegment[] {MemorySegment.wrap(bytes.data())}
                : new MemorySegment[0];
    }

    ColumnVector vector() {
        return vector;
    }

    /**
     * Whether Paimon reads no value here. A column that can't be null has one even where the source sent none (in a delete):
     * zero or empty.
     */
    boolean isNull(int row) {
        return nullable && (vector.isNull(row) || vector.isUnchanged(row));
    }

    long longAt(int row) {
        return ((LongVector) vector).get(row);
    }

    double doubleAt(int row) {
        return ((DoubleVector) vector).get(row);
    }

    /** Days, milliseconds of the day, or a plain number. */
    int intAt(int row) {
        long value = longAt(row);
        return type instanceof DataType.Time ? (int) (value / MICROS_PER_MILLI) : Math.toIntExact(value);
    }

    BinaryString stringAt(int row) {
        if (asText) {
            return BinaryString.fromString(TextForm.of(type, vector, row));
        }
        BytesVector bytes = (BytesVector) vector;
        int start = bytes.start(row);
        return BinaryString.fromAddress(segments, start, bytes.end(row) - start);
    }

    byte[] binaryAt(int row) {
        return ((BytesVector) vector).copy(row);
    }

    Decimal decimalAt(int row, int precision, int scale) {
        return vector instanceof LongVector longs
                ? Decimal.fromUnscaledLong(longs.get(row), precision, scale)
                : Decimal.fromUnscaledBytes(
                        TextForm.unscaled((BytesVector) vector, row).toByteArray(), precision, scale);
    }

    Timestamp timestampAt(int row) {
        return Timestamp.fromMicros(longAt(row));
    }

    InternalArray arrayAt(int row) {
        ArrayVector arrays = (ArrayVector) vector;
        DataType.Array array = (DataType.Array) type;
        return new CellArray(
                new Cells(arrays.elements(), array.element(), array.elementNullable()),
                arrays.start(row),
                arrays.end(row) - arrays.start(row));
    }

    InternalMap mapAt(int row) {
        MapVector maps = (MapVector) vector;
        DataType.MapOf map = (DataType.MapOf) type;
        int size = maps.end(row) - maps.start(row);
        return new CellMap(
                new CellArray(new Cells(maps.keys(), map.key(), false), maps.start(row), size),
                new CellArray(new Cells(maps.values(), map.value(), map.valueNullable()), maps.start(row), size));
    }

    InternalRow structAt(int row) {
        StructVector structs = (StructVector) vector;
        DataType.Struct struct = (DataType.Struct) type;
        Cells[] fields = new Cells[struct.fields().size()];
        for (int i = 0; i < fields.length; i++) {
            DataType.Struct.Field field = struct.fields().get(i);
            fields[i] = new Cells(structs.fields().get(i), field.type(), field.nullable());
        }
        return new CellRow(fields).at(row);
    }

    private record CellMap(InternalArray keyArray, InternalArray valueArray) implements InternalMap {
        @Override
        public int size() {
            return keyArray.size();
        }
    }
}
