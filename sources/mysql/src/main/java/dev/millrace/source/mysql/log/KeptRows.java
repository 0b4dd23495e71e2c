package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.event.RowsEvent;
import dev.millrace.source.mysql.failure.MySqlError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of a transaction that is prepared and not yet committed: in memory up to a limit, then in a file that nobody else can open. */
final class KeptRows implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private final Path folder;
    private final long memory;
    private final List<Kept> events = new ArrayList<>();
    private long bytes;
    private @Nullable FileChannel file;
    private long written;

    /** @param length of the images in the file; -1 where the event has them itself */
    private record Kept(RowsEvent event, long offset, int length) {}

    /** @param memory bytes that may be held outside of the file */
    KeptRows(Path folder, long memory) {
        this.folder = folder;
        this.memory = memory;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    void add(RowsEvent rows) {
        int length = rows.end() - rows.start();
        if (bytes + length <= memory) {
            bytes += length;
            events.add(new Kept(rows.copy(), 0, -1));
            return;
        }
        try {
            write(ByteBuffer.wrap(rows.buffer(), rows.start(), length));
        } catch (IOException e) {
            throw failed("take", e);
        }
        events.add(new Kept(rows.withImages(NOTHING), written - length, length));
    }

    private void write(ByteBuffer images) throws IOException {
        FileChannel open = file;
        if (open == null) {
            Files.createDirectories(folder);
            Path path = Files.createTempFile(folder, "prepared", ".rows");
            open = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            file = open;
        }
        while (images.hasRemaining()) {
            written += open.write(images, written);
        }
    }

    void forEach(Consumer<RowsEvent> action) {
        for (Kept kept : events) {
            action.accept(kept.length() < 0 ? kept.event() : read(kept));
        }
    }

    private RowsEvent read(Kept kept) {
        ByteBuffer images = ByteBuffer.allocate(kept.length());
        FileChannel open = file;
        try {
            while (open != null && images.hasRemaining()) {
                if (open.read(images, kept.offset() + images.position()) < 0) {
                    throw new IOException("the file ends too early");
                }
            }
        } catch (IOException e) {
            throw failed("give back", e);
        }
        return kept.event().withImages(images.array());
    }

    private MillraceException failed(String doing, IOException cause) {
        return new MillraceException(
                MySqlError.SPOOL,
                "The folder " + folder + " does not " + doing + " the rows of a prepared transaction: "
                        + cause.getMessage(),
                "Make room in it, or name another one; reading goes on from the last checkpoint.",
                cause);
    }

    @Override
    public void close() {
        events.clear();
        try (FileChannel closing = file) {
            file = null;
        } catch (IOException e) {
            throw failed("let go of", e);
        }
    }
}
