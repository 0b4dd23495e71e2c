package dev.millrace.source.mysql.event;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.bytes.RangeSource;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The events of a transaction that was compressed as a whole. They are unpacked one at a time; the packed bytes have to stay
 * until the last one is.
 */
final class PayloadSource implements RangeSource {
    private static final int END_OF_FIELDS = 0;
    private static final int COMPRESSION = 2;
    private static final int ZSTD = 0;
    private static final int NONE = 255;
    private static final int USUAL_CAPACITY = 1 << 16;
    private static final long LONGEST = 1L << 30;

    private final InputStream unpacked;
    private byte[] buffer = new byte[USUAL_CAPACITY];
    private int end;
    /** The first byte of the next event; -1 at the end. */
    private int ahead;

    private PayloadSource(InputStream unpacked) {
        this.unpacked = unpacked;
    }

    /** Whether another event follows. */
    boolean hasNext() {
        return ahead >= 0;
    }

    /** @param start behind the header */
    static PayloadSource open(byte[] source, int start, int end) {
        ByteReader reader = new ByteReader(source, start, end);
        long compression = NONE;
        for (int field = reader.length(); field != END_OF_FIELDS; field = reader.length()) {
            int length = reader.length();
            if (field == COMPRESSION) {
                compression = reader.lengthEncoded();
            } else {
                reader.skip(length);
            }
        }
        InputStream packed = new ByteArrayInputStream(source, reader.at(), reader.remaining());
        if (compression != NONE && compression != ZSTD) {
            throw ProtocolFailure.of("A transaction is compressed in way " + compression);
        }
        try {
            PayloadSource payload = new PayloadSource(
                    compression == NONE
                            ? packed
                            : new BufferedInputStream(new ZstdInputStreamNoFinalizer(packed), USUAL_CAPACITY));
            payload.ahead = payload.unpacked.read();
            return payload;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    @Override
    public boolean next() {
        try {
            if (ahead < 0) {
                return false;
            }
            buffer[0] = (byte) ahead;
            int head = 1 + unpacked.readNBytes(buffer, 1, EventHeader.LENGTH - 1);
            long size = head < EventHeader.LENGTH ? 0 : EventHeader.size(buffer, 0);
            if (size < EventHeader.LENGTH || size > LONGEST) {
                throw ProtocolFailure.of("A compressed transaction has an event of " + size + " bytes");
            }
            end = (int) size;
            if (end > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(end, 2 * buffer.length));
            }
            int rest = end - EventHeader.LENGTH;
            if (unpacked.readNBytes(buffer, EventHeader.LENGTH, rest) < rest) {
                throw ProtocolFailure.of("A compressed transaction ends within an event");
            }
            ahead = unpacked.read();
            if (ahead < 0) {
                unpacked.close();
            }
            return true;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static RuntimeException damaged(IOException cause) {
        return ProtocolFailure.of("A compressed transaction can't be unpacked: " + cause.getMessage());
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int start() {
        return 0;
    }

    @Override
    public int end() {
        return end;
    }
}
