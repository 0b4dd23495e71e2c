package dev.millrace.source.postgres.types;

import dev.millrace.error.MillraceException;
import dev.millrace.model.BytesVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.postgres.failure.PostgresError;

/** Text behind a byte that says which version of the format it is: {@code jsonb}, {@code jsonpath}, {@code ltree}. */
final class VersionedTextDecoder implements CellDecoder {
    @Override
    public void decode(byte[] source, int offset, int length, VectorBuilder target) {
        if (source[offset] != 1) {
            throw new MillraceException(
                    PostgresError.PROTOCOL,
                    "The server sends version " + source[offset] + " of a binary format of which version 1 is known.",
                    "Use a Millrace release that knows this server's version.");
        }
        ((BytesVector.Builder) target).appendCell(source, offset + 1, length - 1);
    }
}
