package dev.millrace.source.mysql.types;

import dev.millrace.model.VectorBuilder;

/**
 * Puts one value into a column, in the form of the log's row images or in that of prepared statements' results. Keeps no
 * state; used by several threads at once.
 */
@FunctionalInterface
public interface CellDecoder {
    /**
     * Appends exactly one cell for the value that begins at the offset, and is not null.
     *
     * @return where the value ends
     * @throws dev.millrace.error.MillraceException for a value that can't be held exactly; what was appended before is then
     *     worthless
     */
    int decode(byte[] source, int offset, VectorBuilder target);
}
