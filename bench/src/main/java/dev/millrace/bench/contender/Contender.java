package dev.millrace.bench.contender;

import dev.millrace.bench.measure.Cost;
import java.nio.file.Path;

/** Moves the benchmark's rows, once a call. */
@FunctionalInterface
public interface Contender {
    /**
     * Runs once, from a source and a target as they were before the first call.
     *
     * @param folder empty, for whatever it writes
     * @throws Exception where it fails, or has not moved all rows
     */
    Cost run(Path folder) throws Exception;
}
