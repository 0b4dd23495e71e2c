package dev.millrace.source.mysql.event;

import dev.millrace.source.mysql.bytes.BigEndian;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** MariaDB's compressed parts of events: a byte with algorithm and length of the length, the unpacked length, then zlib's form. */
final class MariaDbPacking {
    private static final int MARK = 0x80;
    private static final int ALGORITHM = 0x70;
    private static final int LENGTH_BYTES = 0x07;

    private MariaDbPacking() {}

    static byte[] unpack(byte[] source, int start, int end) {
        int head = source[start] & 0xff;
        int lengthBytes = head & LENGTH_BYTES;
        if ((head & MARK) == 0 || (head & ALGORITHM) != 0 || end - start < 1 + lengthBytes) {
            throw ProtocolFailure.of("A compressed event begins with byte " + head);
        }
        byte[] unpacked = new byte[(int) BigEndian.unsigned(source, start + 1, lengthBytes)];
        int packed = start + 1 + lengthBytes;
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(source, packed, end - packed);
            int got = 0;
            while (got < unpacked.length && !inflater.finished() && !inflater.needsInput()) {
                got += inflater.inflate(unpacked, got, unpacked.length - got);
            }
            if (got < unpacked.length) {
                throw ProtocolFailure.of("A compressed event ends after " + got + " of " + unpacked.length + " bytes");
            }
            return unpacked;
        } catch (DataFormatException e) {
            throw ProtocolFailure.of("A compressed event can't be unpacked: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
