package dev.millrace.bench.contender;

import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.source.BenchDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Millrace itself, as a user runs it, start and end of the process included. */
public final class Ours {
    private final BenchDatabase database;
    private final OurCommand command;
    private final Meter meter;

    public Ours(BenchDatabase database, OurCommand command, Meter meter) {
        this.database = database;
        this.command = command;
        this.meter = meter;
    }

    /** Reads all tables from nothing: makes what it needs at the source, reads, commits, ends. */
    public Contender snapshot(String where, OurSink sink, long rows, long bytes) {
        return folder -> {
            PipelineFile file = file("bench_snapshot", folder, where, false, sink);
            file.write();
            try {
                Meter.Run run = run(file, folder, "snapshot-" + where);
                return new Cost(rows, bytes, run.wall(), run.client(), run.server(), run.peakBytes());
            } finally {
                database.forget(file.name());
            }
        };
    }

    /** A pipeline that stands where the log's changes begin, and can be put back there. */
    public final class Stream implements AutoCloseable {
        private final PipelineFile file;
        private final Path original;
        private final BenchDatabase.Standpoint standpoint;

        private Stream(PipelineFile file, Path original, BenchDatabase.Standpoint standpoint) {
            this.file = file;
            this.original = original;
            this.standpoint = standpoint;
        }

        /** Reads what has piled up since; with no changes, what it costs to start and find nothing. */
        public Contender backlog(long changes, long bytes) {
            return folder -> {
                BenchDatabase.Obligation obligation = standpoint.rewind();
                copy(original, file.home());
                Meter.Run run = run(file, folder, "stream");
                obligation.check();
                return new Cost(changes, bytes, run.wall(), run.client(), run.server(), run.peakBytes());
            };
        }

        @Override
        public void close() throws SQLException {
            standpoint.close();
        }
    }

    /** Starts a pipeline at the log's head and stops it there. */
    public Stream stream(Path folder, OurSink sink) throws SQLException, IOException, InterruptedException {
        PipelineFile file = file(
                "bench_stream_" + sink.name().toLowerCase(Locale.ROOT),
                folder.resolve("live"),
                BenchDatabase.DATA,
                true,
                sink);
        file.write();
        run(file, folder, "prepare");
        BenchDatabase.Standpoint standpoint = database.standpoint(file.name());
        Path original = folder.resolve("original");
        copy(file.home(), original);
        return new Stream(file, original, standpoint);
    }

    private PipelineFile file(String name, Path home, String where, boolean latest, OurSink sink) {
        return new PipelineFile(name, home, database.section(name, where, latest), sink);
    }

    private Meter.Run run(PipelineFile file, Path folder, String what) throws IOException, InterruptedException {
        String recording = what + "-" + file.sink().name().toLowerCase(Locale.ROOT) + "-" + System.nanoTime();
        return meter.run(command.run(file.path(), recording), folder.resolve("cdc.log"));
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        for (List<String> step :
                List.of(List.of("rm", "-rf", to.toString()), List.of("cp", "-a", from.toString(), to.toString()))) {
            if (new ProcessBuilder(step).inheritIO().start().waitFor() != 0) {
                throw new IOException("Could not copy " + from + " to " + to);
            }
        }
    }
}
