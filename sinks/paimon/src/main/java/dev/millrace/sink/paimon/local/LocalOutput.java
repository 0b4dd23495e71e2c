package dev.millrace.sink.paimon.local;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.paimon.fs.PositionOutputStream;

/** A file. A large one is on the disk when it is closed, a small one waits for others to be synced with. */
final class LocalOutput extends PositionOutputStream {
    /** Up to here the files of one commit cost each other little; above, the thread that wrote the file waits for it. */
    private static final long SMALL = 1 << 20;

    private final Path file;
    private final Unsynced unsynced;
    private final FileOutputStream out;
    private long position;
    private boolean closed;

    LocalOutput(Path file, Unsynced unsynced) throws IOException {
        this.file = file;
        this.unsynced = unsynced;
        this.out = new FileOutputStream(file.toFile());
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        position++;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        position += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            if (position > SMALL) {
                out.getChannel().force(true);
            } else {
                unsynced.file(file);
            }
            unsynced.name(file);
        }
    }
}
