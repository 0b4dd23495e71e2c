package dev.millrace.runtime.task;

import dev.millrace.runtime.channel.ChannelElement;
import dev.millrace.runtime.channel.Wakeup;
import dev.millrace.runtime.channel.WriterChannel;
import java.util.List;
import java.util.stream.Stream;

/** The channels of all writers, as readers and the coordinator see them. */
final class ReaderChannels {
    private final List<Wakeup> readerWakeups;
    private final List<Wakeup> writerWakeups;
    private final List<WriterChannel> channels;

    /** @param capacity of all channels together, in bytes */
    ReaderChannels(int readers, int writers, long capacity) {
        readerWakeups = Stream.generate(Wakeup::new).limit(readers).toList();
        writerWakeups = Stream.generate(Wakeup::new).limit(writers).toList();
        long share = Math.max(1, capacity / writers);
        channels = writerWakeups.stream()
                .map(writer -> new WriterChannel(share, writer, readerWakeups))
                .toList();
    }

    int readers() {
        return readerWakeups.size();
    }

    int writers() {
        return channels.size();
    }

    Wakeup readerWakeup(int reader) {
        return readerWakeups.get(reader);
    }

    Wakeup writerWakeup(int writer) {
        return writerWakeups.get(writer);
    }

    WriterChannel channel(int writer) {
        return channels.get(writer);
    }

    List<WriterChannel> all() {
        return channels;
    }

    void put(int writer, ChannelElement element) {
        channels.get(writer).put(element);
    }

    void putToAll(ChannelElement element) {
        channels.forEach(channel -> channel.put(element));
    }

    boolean haveRoom() {
        for (WriterChannel channel : channels) {
            if (channel.isFull()) {
                return false;
            }
        }
        return true;
    }
}
