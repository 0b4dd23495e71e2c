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

    /** Reads all tables of a schema from nothing: makes its slot, reads, commits, ends. */
    public Contender snapshot(String schema, OurSink sink, long rows, long bytes) {
        return folder -> {
            PipelineFile file = file("bench_snapshot", folder, schema, false, sink);
            file.write();
            try {
                Meter.Run run = run(file, folder, "snapshot-" + schema);
                return new Cost(rows, bytes, run.wall(), run.client(), run.server(), run.peakBytes());
            } finally {
                forget(file);
            }
        };
    }

    /** A pipeline that stands where the log's changes begin, and can be put back there. */
    public final class Stream implements AutoCloseable {
        private final PipelineFile file;
        private final Path original;
        private final String baseSlot;

        private Stream(PipelineFile file, Path original, String baseSlot) {
            this.file = file;
            this.original = original;
            this.baseSlot = baseSlot;
        }

        /** Reads what has piled up since; with no changes, what it costs to start and find nothing. */
        public Contender backlog(long changes, long bytes) {
            return folder -> {
                String end = database.currentPosition();
                rewind();
                Meter.Run run = run(file, folder, "stream");
                if (!database.hasConfirmed(file.slot(), end)) {
                    throw new IllegalStateException("The pipeline ended before " + end + "; its slot stands elsewhere");
                }
                return new Cost(changes, bytes, run.wall(), run.client(), run.server(), run.peakBytes());
            };
        }

        private void rewind() throws SQLException, IOException, InterruptedException {
            database.copySlot(baseSlot, file.slot());
            copy(original, file.home());
        }

        @Override
        public void close() throws SQLException {
            database.dropSlot(baseSlot);
            forget(file);
        }
    }

    /** Starts a pipeline at the log's head and stops it there. */
    public Stream stream(Path folder, String schema, OurSink sink)
            throws SQLException, IOException, InterruptedException {
        PipelineFile file = file(
                "bench_stream_" + sink.name().toLowerCase(Locale.ROOT), folder.resolve("live"), schema, true, sink);
        file.write();
        run(file, folder, "prepare");
        String baseSlot = file.slot() + "_base";
        database.copySlot(file.slot(), baseSlot);
        Path original = folder.resolve("original");
        copy(file.home(), original);
        return new Stream(file, original, baseSlot);
    }

    private PipelineFile file(String name, Path home, String schema, boolean latest, OurSink sink) {
        String tables = BenchDatabase.NAME + "." + schema + ".\\.*";
        return new PipelineFile(name, home, database.server(), tables, latest, sink);
    }

    private Meter.Run run(PipelineFile file, Path folder, String what) throws IOException, InterruptedException {
        String recording = what + "-" + file.sink().name().toLowerCase(Locale.ROOT) + "-" + System.nanoTime();
        return meter.run(command.run(file.path(), recording), folder.resolve("cdc.log"));
    }

    private void forget(PipelineFile file) throws SQLException {
        database.dropSlot(file.slot());
        database.dropPublication(file.publication());
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
