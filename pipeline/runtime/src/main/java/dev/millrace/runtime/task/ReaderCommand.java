package dev.millrace.runtime.task;

import dev.millrace.spi.Split;
import java.util.Optional;

/** What the coordinator tells a reader. */
sealed interface ReaderCommand {
    /** The sink is ready: ask for a split. */
    record Open(SinkTables tables) implements ReaderCommand {}

    /**
     * Read this.
     *
     * @param committed the same split as it was committed before this run, to be acknowledged again
     */
    record Assign(Split split, Optional<Split> committed) implements ReaderCommand {}

    record StopAtBoundary() implements ReaderCommand {}

    record GoOn() implements ReaderCommand {}

    record Acknowledge(Split committed) implements ReaderCommand {}
}
