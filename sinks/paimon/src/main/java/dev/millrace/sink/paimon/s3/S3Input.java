package dev.millrace.sink.paimon.s3;

import java.io.EOFException;
import java.io.IOException;
import org.apache.paimon.fs.SeekableInputStream;

/** Reads an object by ranges: each request fetches what is asked for and some more. */
final class S3Input extends SeekableInputStream {
    private static final int READ_AHEAD = 256 << 10;
    private final S3Objects objects;
    private final S3Address address;
    private byte[] buffer = new byte[0];
    private long bufferStart;
    private long position;

    S3Input(S3Objects objects, S3Address address) {
        this.objects = objects;
        this.address = address;
    }

    @Override
    public void seek(long desired) throws IOException {
        if (desired < 0) {
            throw new EOFException("seek to " + desired);
        }
        position = desired;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public int read() throws IOException {
        if (!fill(1)) {
            return -1;
        }
        return buffer[(int) (position++ - bufferStart)] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill(length)) {
            return -1;
        }
        int start = (int) (position - bufferStart);
        int count = Math.min(length, buffer.length - start);
        System.arraycopy(buffer, start, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() {
        buffer = new byte[0];
    }

    /** Makes sure that the buffer holds the byte at the position; false at the end of the object. */
    private boolean fill(int wanted) throws IOException {
        if (position < bufferStart || position >= bufferStart + buffer.length) {
            buffer = objects.read(address, position, position + Math.max(wanted, READ_AHEAD));
            bufferStart = position;
        }
        return buffer.length > 0;
    }
}
