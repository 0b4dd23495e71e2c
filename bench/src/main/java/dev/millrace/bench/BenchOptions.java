package dev.millrace.bench;

import dev.millrace.bench.contender.OurCommand;
import dev.millrace.bench.report.Bout;
import java.nio.file.Path;
import java.util.Set;

/**
 * What to run.
 *
 * @param transaction rows of the one big transaction; 0 for none
 * @param only        the bouts to run; all where empty
 * @param home        a folder for everything that is written, deleted piece by piece
 */
record BenchOptions(
        BenchSource source,
        int postgres,

        int rounds,
        long transaction,
        Set<Bout> only,
        Path receiver,
        OurCommand cdc,
        Path home) {
    boolean wants(Bout bout) {
        return only.isEmpty() || only.contains(bout);
    }
}
