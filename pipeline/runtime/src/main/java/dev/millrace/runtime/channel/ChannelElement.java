package dev.millrace.runtime.channel;

import dev.millrace.model.Barrier;
import dev.millrace.model.RowSelection;
import dev.millrace.schema.TableId;

/** What reaches a writer, in order. */
public sealed interface ChannelElement {
    record Rows(RowSelection rows) implements ChannelElement {}

    record Truncate(TableId table) implements ChannelElement {}

    /** A reader's watermark. */
    record Time(int reader, long micros) implements ChannelElement {}

    record Cut(Barrier barrier) implements ChannelElement {}
}
