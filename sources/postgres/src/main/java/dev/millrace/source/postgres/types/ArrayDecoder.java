package dev.millrace.source.postgres.types;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ArrayVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.postgres.failure.PostgresError;
import java.util.Objects;

/** Arrays of a declared number of dimensions, as lists of lists. */
final class ArrayDecoder implements CellDecoder {
    private static final int DIMENSIONS = 12;
    private static final int DIMENSION_BYTES = 8;
    private final CellDecoder element;
    private final int dimensions;

    ArrayDecoder(CellDecoder element, int dimensions) {
        this.element = element;
        this.dimensions = dimensions;
    }

    @Override
    public void decode(byte[] source, int offset, int length, VectorBuilder target) {
        int held = BigEndian.int4(source, offset);
        ArrayVector.Builder array = (ArrayVector.Builder) target;
        if (held == 0) {
            array.endCell();
            return;
        }
        if (held != dimensions) {
            throw refused("has " + held + " dimensions, its column is declared with " + dimensions);
        }
        for (int i = 0; i < held; i++) {
            int lowerBound = BigEndian.int4(source, offset + DIMENSIONS + DIMENSION_BYTES * i + 4);
            if (lowerBound != 1) {
                throw refused("begins at index " + lowerBound + ": lists begin at 1");
            }
        }
        level(source, offset, 0, offset + DIMENSIONS + DIMENSION_BYTES * held, array);
    }

    /** Appends the list of one level and gives the place behind its elements. */
    private int level(byte[] source, int offset, int depth, int first, ArrayVector.Builder array) {
        int count = BigEndian.int4(source, offset + DIMENSIONS + DIMENSION_BYTES * depth);
        boolean innermost = depth == dimensions - 1;
        int at = first;
        for (int i = 0; i < count; i++) {
            at = innermost
                    ? element(source, at, array.elements())
                    : level(source, offset, depth + 1, at, (ArrayVector.Builder) array.elements());
        }
        array.endCell();
        return at;
    }

    private int element(byte[] source, int at, VectorBuilder elements) {
        int length = BigEndian.int4(source, at);
        if (length < 0) {
            elements.appendNull();
            return at + 4;
        }
        Objects.checkFromIndexSize(at + 4, length, source.length);
        element.decode(source, at + 4, length, elements);
        return at + 4 + length;
    }

    private static MillraceException refused(String why) {
        return new MillraceException(
                PostgresError.VALUE,
                "An array " + why + ".",
                "Correct the row, or declare the column's dimensions as its values have them (for example integer[][]), at the source.");
    }
}
