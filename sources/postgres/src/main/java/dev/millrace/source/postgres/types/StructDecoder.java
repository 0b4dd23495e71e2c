package dev.millrace.source.postgres.types;

import dev.millrace.error.MillraceException;
import dev.millrace.model.StructVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.postgres.failure.PostgresError;
import java.util.List;
import java.util.Objects;

/** Values of a composite type. */
record StructDecoder(List<CellDecoder> fields) implements CellDecoder {
    @Override
    public void decode(byte[] source, int offset, int length, VectorBuilder target) {
        int count = BigEndian.int4(source, offset);
        if (count != fields.size()) {
            throw new MillraceException(
                    PostgresError.SCHEMA,
                    "A composite value has " + count + " fields, its type had " + fields.size()
                            + " when reading began.",
                    "A composite type was changed: drop the pipeline ('cdc drop'),"
                            + " remove its tables from the sink and start anew.");
        }
        StructVector.Builder struct = (StructVector.Builder) target;
        int at = offset + 4;
        for (int i = 0; i < count; i++) {
            int held = BigEndian.int4(source, at + 4);
            VectorBuilder field = struct.fields().get(i);
            if (held < 0) {
                field.appendNull();
            } else {
                Objects.checkFromIndexSize(at + 8, held, source.length);
                fields.get(i).decode(source, at + 8, held, field);
            }
            at += 8 + Math.max(0, held);
        }
        struct.endCell();
    }
}
