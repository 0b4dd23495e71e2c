package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.source.mysql.bytes.LittleEndian;
import java.util.List;

/** {@code ENUM} and {@code SET}: numbers in the log, labels everywhere else. */
final class LabelDecoders {
    private LabelDecoders() {}

    /**
     * Number 0 is the empty label that MySQL gives to what it could not place.
     *
     * @param labels in UTF-8, the first has number 1
     */
    static CellDecoder one(int length, List<byte[]> labels) {
        byte[][] all = labels.toArray(byte[][]::new);
        return (source, offset, target) -> {
            int number = (int) LittleEndian.unsigned(source, offset, length);
            BytesVector.Builder bytes = (BytesVector.Builder) target;
            if (number > all.length) {
                throw Refusal.value(
                        "Label number " + number + " of an ENUM that has " + all.length + " labels.",
                        "Set binlog_row_metadata=FULL at the server, so that the log holds the labels of its time.");
            }
            if (number == 0) {
                bytes.endCell();
            } else {
                bytes.appendCell(all[number - 1], 0, all[number - 1].length);
            }
            return offset + length;
        };
    }

    /** @param labels in UTF-8, the first is the lowest bit's */
    static CellDecoder several(int length, List<byte[]> labels) {
        byte[][] all = labels.toArray(byte[][]::new);
        long known = all.length == Long.SIZE ? -1 : (1L << all.length) - 1;
        return (source, offset, target) -> {
            long bits = LittleEndian.unsigned(source, offset, length);
            if ((bits & ~known) != 0) {
                throw Refusal.value(
                        "Bits " + Long.toBinaryString(bits) + " of a SET that has " + all.length + " labels.",
                        "Set binlog_row_metadata=FULL at the server, so that the log holds the labels of its time.");
            }
            BytesVector.Builder bytes = (BytesVector.Builder) target;
            for (long left = bits; left != 0; left &= left - 1) {
                if (left != bits) {
                    bytes.append((byte) ',');
                }
                byte[] label = all[Long.numberOfTrailingZeros(left)];
                bytes.append(label, 0, label.length);
            }
            bytes.endCell();
            return offset + length;
        };
    }
}
