package dev.millrace.spi;

import dev.millrace.model.StreamElement;

/** Where a reader puts what it has read. Takes it always: back-pressure is that the reader is not asked to read. */
@FunctionalInterface
public interface ChangeOutput {
    /** Hands over an element: batches, schema changes and watermarks; barriers are the engine's. */
    void emit(StreamElement element);
}
