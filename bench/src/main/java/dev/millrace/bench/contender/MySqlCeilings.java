package dev.millrace.bench.contender;

import dev.millrace.bench.ceiling.BareWriter.Task;
import dev.millrace.bench.ceiling.DebeziumStream;
import dev.millrace.bench.ceiling.RawSelect;
import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.report.Bout;
import dev.millrace.bench.source.MySqlDatabase;
import dev.millrace.bench.source.MySqlDatabase.LogPlace;
import dev.millrace.bench.source.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** MySQL's own tools and protocols, and Debezium's engine. */
public final class MySqlCeilings implements Ceilings {
    private final MySqlDatabase database;
    private final Workload workload;
    private final Meter meter;
    private final JavaContenders programs;

    public MySqlCeilings(MySqlDatabase database, Workload workload, Meter meter) {
        this.database = database;
        this.workload = workload;
        this.meter = meter;
        this.programs = new JavaContenders(database, workload, meter);
    }

    @Override
    public Map<Bout, Contender> ofTables() {
        return Map.of(
                Bout.SELECT_1, rawSelect(1),
                Bout.SELECT_2, rawSelect(2),
                Bout.PARQUET, programs.bareWriter(Task.PARQUET),
                Bout.PAIMON_APPEND, programs.bareWriter(Task.APPEND),
                Bout.PAIMON_KEYED, programs.bareWriter(Task.KEYED));
    }

    private Contender rawSelect(int connections) {
        List<String> arguments = new ArrayList<>(address());
        arguments.add(Integer.toString(connections));
        for (int number = 0; number < workload.tables(); number++) {
            arguments.add(Workload.table(number));
            arguments.add(Long.toString(workload.rowsPerTable()));
        }
        return programs.reader(RawSelect.class, arguments);
    }

    private List<String> address() {
        return List.of(
                database.server().host(),
                Integer.toString(database.server().port()),
                database.server().user());
    }

    @Override
    public OfLog beforeChanges() throws SQLException {
        LogPlace start = database.head();
        long bytesBefore = database.logBytes();
        return new OfLog() {
            @Override
            public Map<Bout, Contender> contenders() throws SQLException {
                Map<Bout, Contender> all = new EnumMap<>(Bout.class);
                all.put(Bout.PAIMON_CHANGES, programs.bareWriter(Task.CHANGES));
                if (!database.server().release().isMariaDb()) {
                    all.put(Bout.MYSQLBINLOG, readLog(start, bytes()));
                    all.put(Bout.DEBEZIUM, debezium(start, bytes()));
                }
                return all;
            }

            @Override
            public long bytes() throws SQLException {
                return database.logBytes() - bytesBefore;
            }

            @Override
            public void close() {}
        };
    }

    /** {@code mysqlbinlog} as it copies a server's log, into files. */
    private Contender readLog(LogPlace start, long bytes) {
        return folder -> {
            Meter.Run run = meter.run(
                    List.of(
                            mysqlbinlog().toString(),
                            "--no-defaults",
                            "--read-from-remote-server",
                            "--raw",
                            "--to-last-log",
                            "--ssl-mode=DISABLED",
                            "--host=" + database.server().host(),
                            "--port=" + database.server().port(),
                            "--user=" + database.server().user(),
                            "--start-position=" + start.offset(),
                            "--result-file=" + folder + "/",
                            start.file()),
                    folder.resolve("mysqlbinlog.txt"));
            return new Cost(workload.changes(), bytes, run.wall(), run.client(), run.server(), run.peakBytes());
        };
    }

    private Path mysqlbinlog() throws IOException {
        Path program = database.program("mysqlbinlog");
        if (!Files.isExecutable(program)) {
            throw new IOException("There is no " + program);
        }
        return program;
    }

    /** Debezium's engine with a consumer that does nothing; its heap is its own default. */
    private Contender debezium(LogPlace start, long bytes) {
        List<String> arguments = new ArrayList<>(address());
        arguments.addAll(List.of(
                start.file(),
                Long.toString(start.offset()),
                start.gtids(),
                Long.toString(workload.changes()),
                Long.toString(bytes)));
        return programs.reader(DebeziumStream.class, arguments);
    }
}
