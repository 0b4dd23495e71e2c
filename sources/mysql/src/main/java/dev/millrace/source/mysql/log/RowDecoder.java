package dev.millrace.source.mysql.log;

import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.mysql.types.CellDecoder;
import dev.millrace.source.mysql.types.StorageType;
import dev.millrace.source.mysql.types.StoredColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts row images of one table map into columns: a bit a column that says whether it is null, then the values of those
 * that are there and not null.
 */
public final class RowDecoder {
    private final StorageType[] storage;
    private final @Nullable CellDecoder[] decoders;
    private final int[] targets;

    /**
     * A column of the image that the batch has too.
     *
     * @param column index in the table map
     * @param target index in the batch
     */
    public record Wanted(int column, int target, CellDecoder decoder) {}

    public RowDecoder(List<StoredColumn> columns, List<Wanted> wanted) {
        this.storage = columns.stream().map(StoredColumn::storage).toArray(StorageType[]::new);
        this.decoders = new CellDecoder[storage.length];
        this.targets = new int[storage.length];
        for (Wanted one : wanted) {
            decoders[one.column()] = one.decoder();
            targets[one.column()] = one.target();
        }
    }

    /**
     * Appends a cell to each wanted column; the row is not ended.
     *
     * @param present which columns the image has, a bit each
     * @return where the image ends
     */
    public int decode(byte[] source, int offset, byte[] present, ChangeBatchBuilder target) {
        int at = offset + (count(present) + 7) / 8;
        int bit = 0;
        for (int column = 0; column < storage.length; column++) {
            CellDecoder decoder = decoders[column];
            if ((present[column >> 3] >> (column & 7) & 1) == 0) {
                if (decoder != null) {
                    target.column(targets[column]).appendUnchanged();
                }
                continue;
            }
            boolean isNull = (source[offset + (bit >> 3)] >> (bit & 7) & 1) != 0;
            bit++;
            if (decoder != null) {
                VectorBuilder cells = target.column(targets[column]);
                if (isNull) {
                    cells.appendNull();
                } else {
                    at = decoder.decode(source, at, cells);
                }
            } else if (!isNull) {
                at = storage[column].end(source, at);
            }
        }
        return at;
    }

    /** Appends the cell of one column, which has a value that begins at the offset. */
    void decodeCell(int column, byte[] source, int offset, VectorBuilder target) {
        CellDecoder decoder = decoders[column];
        if (decoder != null) {
            decoder.decode(source, offset, target);
        }
    }

    /** How many columns an image has. */
    static int count(byte[] present) {
        int count = 0;
        for (byte bits : present) {
            count += Integer.bitCount(bits & 0xff);
        }
        return count;
    }
}
