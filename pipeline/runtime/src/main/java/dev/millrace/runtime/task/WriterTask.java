package dev.millrace.runtime.task;

import dev.millrace.model.RowSelection;
import dev.millrace.runtime.JobClock;
import dev.millrace.runtime.channel.ChannelElement;
import dev.millrace.runtime.channel.Inbox;
import dev.millrace.runtime.channel.Wakeup;
import dev.millrace.runtime.channel.WriterChannel;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves what comes through its channel into the sink's writer, which is opened when the first element comes. */
final class WriterTask implements Task {
    private final int index;
    private final Sink sink;
    private final WriterChannel channel;
    private final Wakeup wakeup;
    private final Inbox<CoordinatorEvent> coordinator;
    private final WatermarkCoalescer watermarks;
    private final JobClock clock;
    private final Map<TableId, RowCount> sinceBarrier = new HashMap<>();
    private @Nullable SinkWriter writer;

    WriterTask(int index, JobParts parts) {
        this.index = index;
        this.sink = parts.sink();
        this.channel = parts.channels().channel(index);
        this.wakeup = parts.channels().writerWakeup(index);
        this.coordinator = parts.coordinatorInbox();
        this.watermarks = new WatermarkCoalescer(parts.channels().readers());
        this.clock = parts.clock();
    }

    @Override
    public String name() {
        return "writer-" + index;
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    @Override
    public Progress step() {
        ChannelElement element = channel.poll();
        if (element == null) {
            return Progress.IDLE;
        }
        switch (element) {
            case ChannelElement.Rows rows -> write(rows.rows());
            case ChannelElement.Truncate truncate -> writer().truncate(truncate.table());
            case ChannelElement.Time time -> watermarks.observe(time.reader(), time.micros(), clock.nanoTime());
            case ChannelElement.Cut cut -> prepare(cut.barrier().checkpointId());
        }
        return Progress.WORKED;
    }

    private void write(RowSelection rows) {
        writer().write(rows);
        RowCount count = new RowCount(rows.count(), rows.rowBytes());
        sinceBarrier.merge(rows.batch().schema().table(), count, RowCount::plus);
    }

    private void prepare(long checkpointId) {
        List<Committable> committables = writer().prepare(checkpointId);
        long watermark = watermarks.current(clock.nanoTime());
        coordinator.put(new CoordinatorEvent.Prepared(index, committables, Map.copyOf(sinceBarrier), watermark));
        sinceBarrier.clear();
    }

    private SinkWriter writer() {
        SinkWriter open = writer;
        if (open == null) {
            open = sink.openWriter(index);
            writer = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
