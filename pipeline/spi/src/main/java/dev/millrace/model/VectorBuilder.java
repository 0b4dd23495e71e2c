package dev.millrace.model;

import dev.millrace.schema.DataType;

/**
 * Fills one column of a batch, cell after cell. Confined to one thread. Values are appended through the concrete builder,
 * so that no value is boxed on the way.
 */
public sealed interface VectorBuilder
        permits LongVector.Builder,
                DoubleVector.Builder,
                BytesVector.Builder,
                ArrayVector.Builder,
                MapVector.Builder,
                StructVector.Builder {
    /** Small, because a thousand tables may each have an open batch. */
    int FIRST_CAPACITY = 16;

    void appendNull();

    void appendUnchanged();

    /** Cells appended since the last {@link #build}. */
    int size();

    /** Bytes of values appended since the last {@link #build}, for budgets. */
    long byteSize();

    /** Hands over what was appended and starts anew; the builder expects about as many cells again. */
    ColumnVector build();

    /** An empty builder for cells of this type. */
    static VectorBuilder of(DataType type) {
        return switch (type) {
            case DataType.Bool b -> new LongVector.Builder();
            case DataType.Int8 i -> new LongVector.Builder();
            case DataType.Int16 i -> new LongVector.Builder();
            case DataType.Int32 i -> new LongVector.Builder();
            case DataType.Int64 i -> new LongVector.Builder();
            case DataType.Date d -> new LongVector.Builder();
            case DataType.Time t -> new LongVector.Builder();
            case DataType.Timestamp t -> new LongVector.Builder();
            case DataType.TimestampTz t -> new LongVector.Builder();
            case DataType.Float32 f -> new DoubleVector.Builder();
            case DataType.Float64 f -> new DoubleVector.Builder();
            case DataType.Decimal d ->
                d.precision() <= DataType.Decimal.MAX_LONG_PRECISION
                        ? new LongVector.Builder()
                        : new BytesVector.Builder();
            case DataType.Char c -> new BytesVector.Builder();
            case DataType.Varchar v -> new BytesVector.Builder();
            case DataType.Text t -> new BytesVector.Builder();
            case DataType.Json j -> new BytesVector.Builder();
            case DataType.Binary b -> new BytesVector.Builder();
            case DataType.Uuid u -> new BytesVector.Builder();
            case DataType.Array a -> new ArrayVector.Builder(of(a.element()));
            case DataType.MapOf m -> new MapVector.Builder(of(m.key()), of(m.value()));
            case DataType.Struct s ->
                new StructVector.Builder(
                        s.fields().stream().map(f -> of(f.type())).toList());
        };
    }
}
