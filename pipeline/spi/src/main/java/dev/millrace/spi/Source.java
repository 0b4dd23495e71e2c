package dev.millrace.spi;

import java.util.List;
import java.util.Optional;

/** Where changes come from. Opened lazily: connections are made by the enumerator and the readers. */
public interface Source extends AutoCloseable {
    /**
     * Opens the one enumerator of the job. May block, and may prepare the source (publication, slot).
     *
     * @param restored what {@link SplitEnumerator#state} gave at the checkpoint to recover from; empty at the first start
     * @param unfinished the splits that readers held at that checkpoint
     * @throws dev.millrace.error.MillraceException also where the source no longer has what the state needs
     */
    SplitEnumerator openEnumerator(Optional<VersionedBytes> restored, List<Split> unfinished);

    /** Opens the reader of a task. Called once for each of {@link SourceContext#readers}. */
    SplitReader openReader(int index);

    /** How far the source is. Called from any thread at any time, cheap, never blocks. */
    SourceProgress progress();

    @Override
    void close();
}
