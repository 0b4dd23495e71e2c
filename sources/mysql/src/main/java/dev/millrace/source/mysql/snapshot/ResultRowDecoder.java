package dev.millrace.source.mysql.snapshot;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.mysql.bytes.RangeSource;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import dev.millrace.source.mysql.types.CellDecoder;
import java.util.List;

/** Puts rows of a prepared statement's result into columns, one cell to each. */
public final class ResultRowDecoder {
    /** The first bits of a row's null bits have no column. */
    private static final int UNUSED_BITS = 2;

    private final CellDecoder[] decoders;
    private int column;

    /** @param decoders one a column of the result, which are those of the batch */
    public ResultRowDecoder(List<CellDecoder> decoders) {
        this.decoders = decoders.toArray(CellDecoder[]::new);
    }

    /**
     * Appends the row that the result stands at; the row is not ended.
     *
     * @throws MillraceException for a value that can't be held; {@link #column} then says whose
     */
    public void decode(RangeSource result, ChangeBatchBuilder target) {
        byte[] source = result.buffer();
        int nulls = result.start();
        int at = nulls + (decoders.length + UNUSED_BITS + 7) / 8;
        for (column = 0; column < decoders.length; column++) {
            int bit = column + UNUSED_BITS;
            VectorBuilder cells = target.column(column);
            if ((source[nulls + (bit >> 3)] >> (bit & 7) & 1) != 0) {
                cells.appendNull();
            } else {
                at = decoders[column].decode(source, at, cells);
            }
        }
        if (at != result.end()) {
            throw ProtocolFailure.of(
                    "A row of " + (result.end() - nulls) + " bytes was read as one of " + (at - nulls));
        }
    }

    /** Which column's value was read last. */
    int column() {
        return column;
    }
}
