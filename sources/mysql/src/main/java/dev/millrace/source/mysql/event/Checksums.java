package dev.millrace.source.mysql.event;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.LittleEndian;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.util.zip.CRC32;

/**
 * The checksum that ends each event, if the file has them. The format description says so; what comes before the first
 * one is looked at.
 */
final class Checksums {
    static final int LENGTH = 4;
    private static final int ALGORITHM = 1;
    private static final int OFF = 0;
    private static final int CRC_32 = 1;
    private static final byte IN_USE = 1;

    private enum State {
        UNKNOWN,
        ABSENT,
        PRESENT
    }

    private final CRC32 crc = new CRC32();
    private State state = State.UNKNOWN;

    boolean arePresent() {
        return state == State.PRESENT;
    }

    /** Where the event's content ends, after its checksum was found right. */
    int contentEnd(byte[] source, int start, int end) {
        return switch (state) {
            case ABSENT -> end;
            case UNKNOWN -> isRight(source, start, end) ? end - LENGTH : end;
            case PRESENT -> {
                if (!isRight(source, start, end)) {
                    throw damaged(source, start);
                }
                yield end - LENGTH;
            }
        };
    }

    /**
     * Reads what a format description says about checksums. It carries one in any case; a file that is being written is
     * marked in a flag, which the checksum does not cover.
     *
     * @return where its content ends
     */
    int describedBy(byte[] source, int start, int end) {
        int content = end - LENGTH - ALGORITHM;
        int algorithm = source[content];
        if (algorithm != OFF && algorithm != CRC_32) {
            throw ProtocolFailure.of("The log has checksums of kind " + algorithm);
        }
        state = algorithm == CRC_32 ? State.PRESENT : State.ABSENT;
        if (state == State.PRESENT) {
            int flags = EventHeader.flags(start);
            byte held = source[flags];
            source[flags] &= ~IN_USE;
            boolean right = isRight(source, start, end);
            source[flags] = held;
            if (!right) {
                throw damaged(source, start);
            }
        }
        return content;
    }

    private boolean isRight(byte[] source, int start, int end) {
        if (end - start < EventHeader.LENGTH + LENGTH) {
            return false;
        }
        crc.reset();
        crc.update(source, start, end - start - LENGTH);
        return (int) crc.getValue() == LittleEndian.int4(source, end - LENGTH);
    }

    private static MillraceException damaged(byte[] source, int start) {
        return new MillraceException(
                MySqlError.CHECKSUM,
                "The log's event of type " + EventHeader.type(source, start) + " that ends at offset "
                        + EventHeader.next(source, start) + " was damaged on its way or on the server's disk.",
                "A run reads it again from the last checkpoint; if the error stays, the server's log is damaged.");
    }
}
