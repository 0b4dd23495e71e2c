package dev.millrace.source.postgres.types;

import dev.millrace.model.VectorBuilder;

/**
 * Puts one value, in the binary format of its type's send function, into a column. The same decoder reads {@code COPY}
 * and the log, so that a row gives the same cell from either. Keeps no state; used by several threads at once.
 */
@FunctionalInterface
public interface CellDecoder {
    /**
     * Appends exactly one cell.
     *
     * @param source bytes of which {@code length} from {@code offset} are the value, which is not null
     * @throws dev.millrace.error.MillraceException for a value that can't be held exactly; the caller {@linkplain
     *         TableDecoder#locate says where}. What was appended before is then worthless.
     */
    void decode(byte[] source, int offset, int length, VectorBuilder target);
}
