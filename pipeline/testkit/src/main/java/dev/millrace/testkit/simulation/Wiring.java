package dev.millrace.testkit.simulation;

import dev.millrace.spi.Sink;
import dev.millrace.spi.Source;
import dev.millrace.spi.state.StateStorage;
import dev.millrace.testkit.memory.MemoryWarehouse;

/** What stands between the job and its world: nothing, or a planted fault. One a world; told of every crash. */
public interface Wiring {
    /** Everything works. */
    Wiring SOUND = new Wiring() {};

    default Source source(Source source) {
        return source;
    }

    default Sink sink(Sink sink, MemoryWarehouse warehouse) {
        return sink;
    }

    default StateStorage storage(StateStorage storage) {
        return storage;
    }

    /** The process is gone; what was not durable is lost. */
    default void crashed() {}
}
