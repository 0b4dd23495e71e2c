package dev.millrace.bench.source;

import java.io.OutputStream;

/** Drops what it is given and knows how much it was. */
final class CountingStream extends OutputStream {
    private long count;

    long count() {
        return count;
    }

    @Override
    public void write(int value) {
        count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        count += length;
    }
}
