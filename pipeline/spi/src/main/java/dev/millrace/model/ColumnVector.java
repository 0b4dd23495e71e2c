package dev.millrace.model;

/**
 * The cells of one column, immutable. A cell is a value, null, or <em>unchanged</em>: the source did not send it because
 * the change did not touch it (PostgreSQL TOAST, partial row images), or, in a delete, because only the key was sent. A
 * cell without a value reads as 0 or as an empty range.
 *
 * <p>Layout by logical type:
 * <ul>
 *   <li>{@link LongVector}: Bool (0, 1), Int8 to Int64, Date (days since 1970-01-01), Time (microseconds of the day, up to
 *       and including 86,400,000,000), Timestamp (microseconds since 1970-01-01T00:00 without a zone), TimestampTz
 *       (microseconds since the epoch), Decimal of up to 18 digits (unscaled value)
 *   <li>{@link DoubleVector}: Float32 (widened, which is exact), Float64
 *   <li>{@link BytesVector}: Char, Varchar, Text and Json (UTF-8), Binary, Uuid (16 bytes, big-endian), Decimal of more
 *       than 18 digits (unscaled value, big-endian two's complement, at least one byte)
 *   <li>{@link ArrayVector}: Array; {@link MapVector}: MapOf; {@link StructVector}: Struct
 * </ul>
 */
public sealed interface ColumnVector
        permits LongVector, DoubleVector, BytesVector, ArrayVector, MapVector, StructVector {
    /** About what a vector's objects take beside its cells. */
    int OVERHEAD = 128;

    int size();

    CellStates states();

    default boolean isNull(int row) {
        return states().isNull(row);
    }

    default boolean isUnchanged(int row) {
        return states().isUnchanged(row);
    }

    /** Bytes of heap that the cells take, for budgets. */
    long byteSize();

    /** A copy of the first {@code count} of these rows, in their order, that keeps nothing of this vector alive. */
    ColumnVector gather(int[] rows, int count);
}
