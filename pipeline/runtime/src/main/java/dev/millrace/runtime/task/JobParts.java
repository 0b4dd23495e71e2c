package dev.millrace.runtime.task;

import dev.millrace.runtime.JobClock;
import dev.millrace.runtime.JobSpec;
import dev.millrace.runtime.channel.Inbox;
import dev.millrace.runtime.channel.Wakeup;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Located;
import dev.millrace.spi.Sink;
import dev.millrace.spi.Source;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What the tasks of one run share: both ends, the ways between the tasks, the clock. */
record JobParts(
        JobSpec spec,
        Source source,
        Sink sink,
        ReaderChannels channels,
        List<Inbox<ReaderCommand>> readerInboxes,
        Inbox<CoordinatorEvent> coordinatorInbox,
        Wakeup coordinatorWakeup,
        Inbox<CommitterCommand> committerInbox,
        Wakeup committerWakeup,
        StatusBoard board,
        RunControl control,
        JobClock clock) {

    static JobParts of(JobSpec spec, Source source, Sink sink, RunControl control, StatusBoard board, JobClock clock) {
        int parallelism = spec.settings().parallelism();
        ReaderChannels channels = new ReaderChannels(
                parallelism, parallelism, spec.settings().memory().channelBytes());
        List<Inbox<ReaderCommand>> readers = IntStream.range(0, parallelism)
                .mapToObj(i -> new Inbox<ReaderCommand>(channels.readerWakeup(i)))
                .toList();
        Wakeup coordinator = new Wakeup();
        Wakeup committer = new Wakeup();
        return new JobParts(
                spec,
                source,
                sink,
                channels,
                readers,
                new Inbox<>(coordinator),
                coordinator,
                new Inbox<>(committer),
                committer,
                board,
                control,
                clock);
    }

    UnaryOperator<TableId> route() {
        return spec.ends().route();
    }

    /** Where the sink's tables are; empty where it does not say. */
    String sinkLocation() {
        return sink instanceof Located located ? located.location() : "";
    }

    int readers() {
        return channels.readers();
    }

    void tellReader(int reader, ReaderCommand command) {
        readerInboxes.get(reader).put(command);
    }

    void tellReaders(ReaderCommand command) {
        readerInboxes.forEach(inbox -> inbox.put(command));
    }
}
