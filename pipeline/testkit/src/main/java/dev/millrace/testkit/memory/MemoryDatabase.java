package dev.millrace.testkit.memory;

import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import java.util.function.LongConsumer;

/** A database that outlives the jobs that read it: its changelog, and how much of it was given up on acknowledgement. */
public final class MemoryDatabase {
    private final Changelog changelog;
    private final long snapshotPosition;
    private final LongConsumer onAcknowledge;
    private long head;
    private long forgotten;

    /**
     * @param snapshotPosition which state the snapshot shows; the log goes on from there
     * @param onAcknowledge    told each position that the source was allowed to forget
     */
    public MemoryDatabase(Changelog changelog, long snapshotPosition, LongConsumer onAcknowledge) {
        this.changelog = changelog;
        this.snapshotPosition = snapshotPosition;
        this.onAcknowledge = onAcknowledge;
        this.head = changelog.head();
    }

    /** Makes only the first transactions visible for now. */
    public void showUpTo(long position) {
        head = position;
    }

    public Source source(SourceContext context) {
        return new MemorySource(this, context);
    }

    public Changelog changelog() {
        return changelog;
    }

    /** Everything up to here is gone. */
    public long forgotten() {
        return forgotten;
    }

    long head() {
        return head;
    }

    long snapshotPosition() {
        return snapshotPosition;
    }

    void forget(long position) {
        onAcknowledge.accept(position);
        forgotten = Math.max(forgotten, position);
    }
}
