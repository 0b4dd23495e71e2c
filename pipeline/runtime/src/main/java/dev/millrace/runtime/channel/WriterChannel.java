package dev.millrace.runtime.channel;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The way from all readers to one writer: first in, first out, so that rows of one key keep their order whichever reader
 * read them. The capacity stops readers from reading on; what a reader has read already is always taken.
 */
public final class WriterChannel {
    private final Queue<ChannelElement> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final long capacity;
    private final Wakeup writer;
    private final List<Wakeup> readers;

    public WriterChannel(long capacity, Wakeup writer, List<Wakeup> readers) {
        this.capacity = capacity;
        this.writer = writer;
        this.readers = List.copyOf(readers);
    }

    /** Called by any reader's thread. */
    public void put(ChannelElement element) {
        bytes.addAndGet(sizeOf(element));
        queue.add(element);
        writer.signal();
    }

    public boolean isFull() {
        return bytes.get() >= capacity;
    }

    /** The next element; null where there is none. Only for the writer. */
    public @Nullable ChannelElement poll() {
        ChannelElement element = queue.poll();
        if (element != null) {
            long size = sizeOf(element);
            long left = bytes.addAndGet(-size);
            if (left < capacity && left + size >= capacity) {
                readers.forEach(Wakeup::signal);
            }
        }
        return element;
    }

    public long bytes() {
        return bytes.get();
    }

    public long capacity() {
        return capacity;
    }

    private static long sizeOf(ChannelElement element) {
        return switch (element) {
            case ChannelElement.Rows rows -> rows.rows().byteSize();
            case ChannelElement.Truncate truncate -> 0;
            case ChannelElement.Time time -> 0;
            case ChannelElement.Cut cut -> 0;
        };
    }
}
