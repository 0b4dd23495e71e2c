package dev.millrace.bench;

import dev.millrace.bench.contender.Ceilings;
import dev.millrace.bench.contender.Contender;
import dev.millrace.bench.contender.MySqlCeilings;
import dev.millrace.bench.contender.OurSink;
import dev.millrace.bench.contender.Ours;
import dev.millrace.bench.contender.PostgresCeilings;
import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.report.Bout;
import dev.millrace.bench.report.Results;
import dev.millrace.bench.source.BenchDatabase;
import dev.millrace.bench.source.MySqlDatabase;
import dev.millrace.bench.source.PostgresDatabase;
import dev.millrace.bench.source.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Runs the bouts of one size: first what reads tables, then what reads the log. */
final class Bench {
    private final BenchOptions options;
    private final Workload workload;
    private final BenchDatabase database;
    private final Ceilings ceilings;
    private final Ours ours;
    private final Rounds rounds;

    private Bench(BenchOptions options, Workload workload, BenchDatabase database, Results results) {
        Meter meter = new Meter(database.pid());
        this.options = options;
        this.workload = workload;
        this.database = database;
        this.ceilings = switch (database) {
            case PostgresDatabase postgres -> new PostgresCeilings(postgres, workload, meter, options.receiver());
            case MySqlDatabase mysql -> new MySqlCeilings(mysql, workload, meter);
        };
        this.ours = new Ours(database, options.cdc(), meter);
        this.rounds = new Rounds(options, results);
    }

    static Results run(BenchOptions options, Workload workload) throws Exception {
        Results results = new Results();
        try (BenchDatabase database = options.source().start(options.postgres())) {
            say(String.format(
                    Locale.ROOT,
                    "%s: loading %,d rows in %,d tables",
                    options.source().title(options.postgres()),
                    workload.rows(),
                    workload.tables()));
            database.load(workload);
            Bench bench = new Bench(options, workload, database, results);
            bench.snapshots();
            bench.changes();
            if (options.transaction() > 0) {
                bench.transaction();
            }
        }
        return results;
    }

    private void snapshots() throws Exception {
        Map<Bout, Contender> contenders = new EnumMap<>(ceilings.ofTables());
        long bytes = workload.rows() * database.bytesPerRow();
        for (OurSink sink : OurSink.values()) {
            contenders.put(start(sink), ours.snapshot(BenchDatabase.NOTHING, sink, 1, 0));
            contenders.put(snapshot(sink), ours.snapshot(BenchDatabase.DATA, sink, workload.rows(), bytes));
        }
        rounds.run(contenders);
    }

    private void changes() throws Exception {
        if (Bout.OF_CHANGES.stream().noneMatch(options::wants)) {
            return;
        }
        Map<Bout, Contender> contenders = new EnumMap<>(Bout.class);
        Map<Bout, OurSink> bouts = Map.of(Bout.STREAM_NOTHING, OurSink.NOTHING, Bout.STREAM_PAIMON, OurSink.PAIMON);
        try (Ceilings.OfLog log = ceilings.beforeChanges()) {
            streams(contenders, bouts, () -> {
                say(String.format(Locale.ROOT, "changing %,d rows in transactions of 100", workload.changes()));
                database.change(workload);
                contenders.putAll(log.contenders());
                return new Backlog(workload.changes(), log.bytes());
            });
        }
    }

    private void transaction() throws Exception {
        Map<Bout, OurSink> bouts =
                Map.of(Bout.TRANSACTION_NOTHING, OurSink.NOTHING, Bout.TRANSACTION_PAIMON, OurSink.PAIMON);
        streams(new EnumMap<>(Bout.class), bouts, () -> {
            say(String.format(Locale.ROOT, "inserting %,d rows in one transaction", options.transaction()));
            database.insertAtOnce(workload, options.transaction());
            return new Backlog(options.transaction(), options.transaction() * database.bytesPerRow());
        });
    }

    private record Backlog(long rows, long bytes) {}

    /** Makes changes while slots wait. */
    @FunctionalInterface
    private interface Changes {
        Backlog make() throws SQLException;
    }

    private void streams(Map<Bout, Contender> contenders, Map<Bout, OurSink> ourBouts, Changes changes)
            throws Exception {
        Map<Bout, Ours.Stream> streams = new EnumMap<>(Bout.class);
        Map<Bout, Contender> resumes = new EnumMap<>(Bout.class);
        for (Map.Entry<Bout, OurSink> bout : ourBouts.entrySet()) {
            if (options.wants(bout.getKey())) {
                Ours.Stream stream = ours.stream(folder(bout.getKey()), bout.getValue());
                streams.put(bout.getKey(), stream);
                resumes.put(resume(bout.getValue()), stream.backlog(1, 0));
            }
        }
        rounds.run(resumes);
        Backlog backlog = changes.make();
        streams.forEach((bout, stream) -> contenders.put(bout, stream.backlog(backlog.rows(), backlog.bytes())));
        rounds.run(contenders);
        for (Ours.Stream stream : streams.values()) {
            stream.close();
        }
    }

    /** Of this size alone: a state of another one's server would be refused. */
    private Path folder(Bout bout) throws IOException {
        return Files.createDirectories(options.home()
                .resolve(workload.rows() + "-in-" + workload.tables())
                .resolve(bout.toString()));
    }

    private static Bout start(OurSink sink) {
        return switch (sink) {
            case NOTHING -> Bout.START_NOTHING;
            case PAIMON -> Bout.START_PAIMON;
        };
    }

    private static Bout snapshot(OurSink sink) {
        return switch (sink) {
            case NOTHING -> Bout.SNAPSHOT_NOTHING;
            case PAIMON -> Bout.SNAPSHOT_PAIMON;
        };
    }

    private static Bout resume(OurSink sink) {
        return switch (sink) {
            case NOTHING -> Bout.RESUME_NOTHING;
            case PAIMON -> Bout.RESUME_PAIMON;
        };
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
