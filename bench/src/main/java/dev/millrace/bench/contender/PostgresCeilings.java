package dev.millrace.bench.contender;

import dev.millrace.bench.ceiling.Account;
import dev.millrace.bench.ceiling.BareWriter;
import dev.millrace.bench.ceiling.RawCopy;
import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.source.BenchDatabase;
import dev.millrace.bench.source.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What others reach on the same rows. Those in Java report from inside: the start of their JVM is left out. */
public final class Ceilings {
    /** What Paimon's libraries need of the JVM, and heap for the rows that the bare writers hold. */
    private static final List<String> WRITER_OPTIONS = List.of("-Xmx4g", "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private static final String SLOT = "bench_recvlogical";
    private final BenchDatabase database;
    private final Workload workload;
    private final Meter meter;

    public Ceilings(BenchDatabase database, Workload workload, Meter meter) {
        this.database = database;
        this.workload = workload;
        this.meter = meter;
    }

    /** {@code COPY BINARY} by so many connections, bytes counted and dropped. */
    public Contender rawCopy(int connections) {
        return folder -> inside(
                folder,
                JavaCommand.of(
                        List.of(),
                        RawCopy.class,
                        List.of(database.url(), BenchDatabase.SCHEMA, Integer.toString(connections))));
    }

    /** Paimon's or Parquet's own writer on rows that lie in memory; has nothing to do with the server. */
    public Contender bareWriter(BareWriter.Task task) {
        return folder -> {
            List<String> arguments = List.of(
                    task.name(),
                    folder.toString(),
                    database.url(),
                    BenchDatabase.SCHEMA + "." + Workload.table(0),
                    Long.toString(workload.rows()),
                    Long.toString(workload.changes()));
            Cost cost = inside(folder, JavaCommand.of(WRITER_OPTIONS, BareWriter.class, arguments));
            return new Cost(cost.rows(), cost.bytes(), cost.wall(), cost.client(), Duration.ZERO, cost.peakBytes());
        };
    }

    /**
     * {@code pg_recvlogical} from a slot to a position into nothing, with the binary format as ours.
     *
     * @param program where it lies
     * @param bytes   what the messages of all changes take
     */
    public Contender receiveLogical(Path program, String baseSlot, String end, long changes, long bytes) {
        return folder -> {
            database.copySlot(baseSlot, SLOT);
            Meter.Run run = meter.run(
                    List.of(
                            program.toString(),
                            "--start",
                            "--slot=" + SLOT,
                            "--endpos=" + end,
                            "--no-loop",
                            "--file=/dev/null",
                            "--option=proto_version=1",
                            "--option=publication_names=" + BenchDatabase.PUBLICATION,
                            "--option=binary=true",
                            "--dbname=" + BenchDatabase.NAME,
                            "--host=" + database.server().host(),
                            "--port=" + database.server().port(),
                            "--username=" + database.server().user()),
                    folder.resolve("pg_recvlogical.log"));
            database.dropSlot(SLOT);
            return new Cost(changes, bytes, run.wall(), run.client(), run.server(), run.peakBytes());
        };
    }

    private Cost inside(Path folder, List<String> command) throws IOException, InterruptedException {
        Meter.Run run = meter.run(command, folder.resolve("output.log"));
        Account account = Account.parse(run.output());
        return new Cost(
                account.rows(), account.bytes(), account.wall(), account.client(), run.server(), run.peakBytes());
    }
}
