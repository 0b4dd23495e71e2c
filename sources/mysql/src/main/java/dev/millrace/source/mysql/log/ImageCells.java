package dev.millrace.source.mysql.log;

import dev.millrace.source.mysql.types.StorageType;
import dev.millrace.source.mysql.types.StoredColumn;
import java.util.Arrays;
import java.util.List;

/** Where the cells of one row image lie in its bytes. */
final class ImageCells {
    private static final int ABSENT = -1;
    private static final int NULL = -2;

    private final StorageType[] storage;
    private final int[] starts;
    private final int[] ends;
    private byte[] source = {};

    ImageCells(List<StoredColumn> columns) {
        storage = columns.stream().map(StoredColumn::storage).toArray(StorageType[]::new);
        starts = new int[storage.length];
        ends = new int[storage.length];
    }

    /**
     * Looks at the image's first columns.
     *
     * @param present which columns the image has, a bit each
     * @return where the last of them ends
     */
    int read(byte[] from, int offset, byte[] present, int columns) {
        source = from;
        int at = offset + (RowDecoder.count(present) + 7) / 8;
        int bit = 0;
        for (int column = 0; column < columns; column++) {
            if ((present[column >> 3] >> (column & 7) & 1) == 0) {
                starts[column] = ABSENT;
                continue;
            }
            boolean isNull = (from[offset + (bit >> 3)] >> (bit & 7) & 1) != 0;
            bit++;
            if (isNull) {
                starts[column] = NULL;
            } else {
                starts[column] = at;
                at = storage[column].end(from, at);
                ends[column] = at;
            }
        }
        return at;
    }

    boolean has(int column) {
        return starts[column] != ABSENT;
    }

    boolean isNull(int column) {
        return starts[column] == NULL;
    }

    byte[] source() {
        return source;
    }

    /** Where the value begins, of a column that is there and not null. */
    int start(int column) {
        return starts[column];
    }

    /** Whether both have the column, with the same bytes. */
    boolean isSame(int column, ImageCells other) {
        int start = starts[column];
        int otherStart = other.starts[column];
        return start < 0 || otherStart < 0
                ? start == otherStart
                : Arrays.equals(source, start, ends[column], other.source, otherStart, other.ends[column]);
    }
}
