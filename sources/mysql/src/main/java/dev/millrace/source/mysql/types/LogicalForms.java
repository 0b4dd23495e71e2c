package dev.millrace.source.mysql.types;

import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.DataType;
import java.util.Optional;

/** From what bytes show of a type to what the catalog knows of it. */
public final class LogicalForms {
    private LogicalForms() {}

    /** How values are read into cells of the wanted type; empty where they are not of this type. */
    public static Optional<CellDecoder> of(MappedType shown, DataType wanted) {
        boolean same = shown.type().equals(wanted)
                || shown.type() instanceof DataType.Text
                        && (wanted instanceof DataType.Varchar || wanted instanceof DataType.Json);
        if (same) {
            return Optional.of(shown.decoder());
        }
        return shown.type() instanceof DataType.Int8 && wanted instanceof DataType.Bool
                ? Optional.of(LogicalForms::bool)
                : Optional.empty();
    }

    /** {@code TINYINT(1)} holds more than a boolean does. */
    private static int bool(byte[] source, int offset, VectorBuilder target) {
        byte value = source[offset];
        if (value != 0 && value != 1) {
            throw Refusal.value(
                    "The number " + value + " is neither true nor false.",
                    "Set 'treat-tinyint1-as-boolean.enabled: false', or correct the row at the source.");
        }
        ((LongVector.Builder) target).append(value);
        return offset + 1;
    }
}
