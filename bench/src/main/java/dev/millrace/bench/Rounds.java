package dev.millrace.bench;

import dev.millrace.bench.contender.Contender;
import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.report.Bout;
import dev.millrace.bench.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Lets contenders take turns, round by round, so that what disturbs the machine disturbs all of them. */
final class Rounds {
    private final BenchOptions options;
    private final Results results;

    Rounds(BenchOptions options, Results results) {
        this.options = options;
        this.results = results;
    }

    /** Runs those that are wanted; results grow. */
    void run(Map<Bout, Contender> contenders) throws Exception {
        Map<Bout, Contender> inOrder = new EnumMap<>(Bout.class);
        inOrder.putAll(contenders);
        inOrder.keySet().removeIf(bout -> !options.wants(bout));
        for (int round = 1; round <= options.rounds(); round++) {
            for (Map.Entry<Bout, Contender> entry : inOrder.entrySet()) {
                run(round, entry.getKey(), entry.getValue());
            }
        }
    }

    private void run(int round, Bout bout, Contender contender) throws Exception {
        Path folder = Files.createDirectories(options.home().resolve(bout + "-" + round));
        Cost cost = contender.run(folder);
        results.add(bout, cost);
        System.err.println(String.format(
                Locale.ROOT,
                "round %d  %-20s  %8.2f s  client %6.2f s  server %6.2f s  %,10.0f rows/s  %4.0f MB",
                round,
                bout,
                cost.wall().toNanos() / 1e9,
                cost.client().toNanos() / 1e9,
                cost.server().toNanos() / 1e9,
                cost.rowsPerSecond(),
                cost.peakBytes() / 1e6));
        delete(folder);
    }

    private static void delete(Path folder) throws IOException, InterruptedException {
        new ProcessBuilder("rm", "-rf", folder.toString()).inheritIO().start().waitFor();
    }
}
