package dev.millrace.bench.contender;

import dev.millrace.bench.ceiling.Account;
import dev.millrace.bench.ceiling.BareWriter;
import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.source.BenchDatabase;
import dev.millrace.bench.source.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Programs of this class path that report from inside. */
final class JavaContenders {
    /** What Paimon's libraries need of the JVM, and heap for the rows that the bare writers hold. */
    private static final List<String> WRITER_OPTIONS = List.of("-Xmx4g", "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final BenchDatabase database;
    private final Workload workload;
    private final Meter meter;

    JavaContenders(BenchDatabase database, Workload workload, Meter meter) {
        this.database = database;
        this.workload = workload;
        this.meter = meter;
    }

    /** A program that reads from the server. */
    Contender reader(Class<?> program, List<String> arguments) {
        return folder -> inside(folder, JavaCommand.of(List.of(), program, arguments));
    }

    /** Paimon's or Parquet's own writer on rows that lie in memory; has nothing to do with the server. */
    Contender bareWriter(BareWriter.Task task) {
        return folder -> {
            List<String> arguments = List.of(
                    task.name(),
                    folder.toString(),
                    database.url(),
                    BenchDatabase.DATA + "." + Workload.table(0),
                    Long.toString(workload.rows()),
                    Long.toString(workload.changes()),
                    Long.toString(database.bytesPerRow()));
            Cost cost = inside(folder, JavaCommand.of(WRITER_OPTIONS, BareWriter.class, arguments));
            return new Cost(cost.rows(), cost.bytes(), cost.wall(), cost.client(), Duration.ZERO, cost.peakBytes());
        };
    }

    Cost inside(Path folder, List<String> command) throws IOException, InterruptedException {
        Meter.Run run = meter.run(command, folder.resolve("output.log"));
        Account account = Account.parse(run.output());
        return new Cost(
                account.rows(), account.bytes(), account.wall(), account.client(), run.server(), run.peakBytes());
    }
}
