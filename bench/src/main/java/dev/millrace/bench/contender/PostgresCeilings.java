package dev.millrace.bench.contender;

import dev.millrace.bench.ceiling.BareWriter.Task;
import dev.millrace.bench.ceiling.RawCopy;
import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.report.Bout;
import dev.millrace.bench.source.BenchDatabase;
import dev.millrace.bench.source.PostgresDatabase;
import dev.millrace.bench.source.Workload;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** PostgreSQL's own tools and protocols. */
public final class PostgresCeilings implements Ceilings {
    private static final String BASE_SLOT = "bench_base";
    private static final String SLOT = "bench_recvlogical";

    private final PostgresDatabase database;
    private final Workload workload;
    private final Meter meter;
    private final Path receiver;
    private final JavaContenders programs;

    /** @param receiver where {@code pg_recvlogical} lies */
    public PostgresCeilings(PostgresDatabase database, Workload workload, Meter meter, Path receiver) {
        this.database = database;
        this.workload = workload;
        this.meter = meter;
        this.receiver = receiver;
        this.programs = new JavaContenders(database, workload, meter);
    }

    @Override
    public Map<Bout, Contender> ofTables() {
        return Map.of(
                Bout.COPY_1, rawCopy(1),
                Bout.COPY_2, rawCopy(2),
                Bout.PARQUET, programs.bareWriter(Task.PARQUET),
                Bout.PAIMON_APPEND, programs.bareWriter(Task.APPEND),
                Bout.PAIMON_KEYED, programs.bareWriter(Task.KEYED));
    }

    /** {@code COPY BINARY} by so many connections, bytes counted and dropped. */
    private Contender rawCopy(int connections) {
        return programs.reader(
                RawCopy.class, List.of(database.url(), BenchDatabase.DATA, Integer.toString(connections)));
    }

    @Override
    public OfLog beforeChanges() throws SQLException {
        database.createSlot(BASE_SLOT);
        return new OfLog() {
            @Override
            public Map<Bout, Contender> contenders() throws SQLException {
                return Map.of(
                        Bout.PAIMON_CHANGES, programs.bareWriter(Task.CHANGES),
                        Bout.RECVLOGICAL, receiveLogical(database.currentPosition(), bytes()));
            }

            @Override
            public long bytes() throws SQLException {
                return workload.changes() * database.bytesPerChange(BASE_SLOT);
            }

            @Override
            public void close() throws SQLException {
                database.dropSlot(BASE_SLOT);
            }
        };
    }

    /** Into nothing, with the binary format as ours. */
    private Contender receiveLogical(String end, long bytes) {
        return folder -> {
            database.copySlot(BASE_SLOT, SLOT);
            Meter.Run run = meter.run(
                    List.of(
                            receiver.toString(),
                            "--start",
                            "--slot=" + SLOT,
                            "--endpos=" + end,
                            "--no-loop",
                            "--file=/dev/null",
                            "--option=proto_version=1",
                            "--option=publication_names=" + PostgresDatabase.PUBLICATION,
                            "--option=binary=true",
                            "--dbname=" + PostgresDatabase.NAME,
                            "--host=" + database.server().host(),
                            "--port=" + database.server().port(),
                            "--username=" + database.server().user()),
                    folder.resolve("pg_recvlogical.log"));
            database.dropSlot(SLOT);
            return new Cost(workload.changes(), bytes, run.wall(), run.client(), run.server(), run.peakBytes());
        };
    }
}
