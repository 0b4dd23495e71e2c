package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.VectorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** MariaDB's own types. The log knows them as bytes, and results as text: only the catalog tells what they are. */
public final class MariaDbTypes {
    private static final int UUID_BYTES = 16;
    private static final int INET4_BYTES = 4;
    private static final int INET6_BYTES = 16;

    private MariaDbTypes() {}

    /**
     * How values of a type are read from the log; empty where it is none of these.
     *
     * @param name as the catalog has it
     */
    public static Optional<CellDecoder> fromLog(String name) {
        return switch (name) {
            case "uuid" -> Optional.of(stored(UUID_BYTES, MariaDbTypes::appendUuid));
            case "inet4" ->
                Optional.of(stored(INET4_BYTES, (value, target) -> appendText(InetText.of4(value, 0), target)));
            case "inet6" ->
                Optional.of(stored(INET6_BYTES, (value, target) -> appendText(InetText.of6(value), target)));
            default -> Optional.empty();
        };
    }

    /** The same from results, as far as their text is not the cell. */
    public static Optional<CellDecoder> fromResults(String name) {
        return name.equals("uuid") ? Optional.of(ResultDecoders.prefixed(MariaDbTypes::uuidText)) : Optional.empty();
    }

    @FunctionalInterface
    private interface Content {
        void append(byte[] value, BytesVector.Builder target);
    }

    /** A length, and bytes of which the last ones are left out where they are zeros. */
    private static CellDecoder stored(int size, Content content) {
        return (source, offset, target) -> {
            int length = source[offset];
            byte[] value = new byte[size];
            System.arraycopy(source, offset + 1, value, 0, length);
            content.append(value, (BytesVector.Builder) target);
            return offset + 1 + length;
        };
    }

    private static void appendText(String text, BytesVector.Builder target) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        target.appendCell(bytes, 0, bytes.length);
    }

    /** Those of versions 1 to 5 are stored with their parts in reverse order, so that times come in theirs. */
    private static void appendUuid(byte[] value, BytesVector.Builder target) {
        boolean reversed = value[6] < 0 && value[8] > 0 && value[8] < 0x60;
        if (reversed) {
            target.append(value, 12, 4);
            target.append(value, 10, 2);
            target.append(value, 8, 2);
            target.append(value, 6, 2);
            target.append(value, 0, 6);
            target.endCell();
        } else {
            target.appendCell(value, 0, value.length);
        }
    }

    private static void uuidText(byte[] source, int offset, int length, VectorBuilder target) {
        BytesVector.Builder bytes = (BytesVector.Builder) target;
        int high = -1;
        for (int at = offset; at < offset + length; at++) {
            if (source[at] != '-') {
                int digit = Character.digit(source[at], 16);
                if (high < 0) {
                    high = digit;
                } else {
                    bytes.append((byte) (high << 4 | digit));
                    high = -1;
                }
            }
        }
        bytes.endCell();
    }
}
