package dev.millrace.source.mysql.snapshot;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.StreamElement;
import dev.millrace.schema.TableId;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.split.EpochMark;
import dev.millrace.source.mysql.split.SnapshotSplit;
import dev.millrace.source.mysql.split.SnapshotSplit.Piece;
import dev.millrace.source.mysql.split.TableSnapshot;
import dev.millrace.source.mysql.types.CellText;
import dev.millrace.source.mysql.types.TypePolicy;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.progress.SnapshotProgress;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.SplitReader.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** An epoch of a real server, planned and read as an enumerator and a reader do. */
final class SnapshotHarness implements AutoCloseable {
    static final EpochMark MARK = new EpochMark(0, 7, 1_700_000_000_000_000L, "binlog.000001:4");
    private static final PollRequest READ =
            PollRequest.read(Duration.ofMillis(50).toNanos());

    private final Supplier<ServerSession> sessions;
    final EpochSessions epochs = new EpochSessions();
    final SnapshotProgress progress = new SnapshotProgress();
    final List<TableSnapshot> tables;
    final Duration planning;

    private SnapshotHarness(Supplier<ServerSession> sessions, List<TableSnapshot> tables, Duration planning) {
        this.sessions = sessions;
        this.tables = tables;
        this.planning = planning;
    }

    static SnapshotHarness open(MySqlServer server, Predicate<TableId> wanted, int sessions, OptionalInt chunkRows) {
        return open(() -> TestServers.session(server), wanted, sessions, chunkRows, () -> {});
    }

    /**
     * Reads the catalog, takes the state, and cuts the tables.
     *
     * @param meanwhile what happens between the catalog's reading and the epoch
     */
    static SnapshotHarness open(
            Supplier<ServerSession> sessions,
            Predicate<TableId> wanted,
            int count,
            OptionalInt chunkRows,
            Runnable meanwhile) {
        try (ServerSession session = sessions.get()) {
            List<MySqlTable> tables = new CatalogReader(session).read(wanted);
            meanwhile.run();
            Epoch epoch = new EpochOpening(sessions, Locking.AUTO).open(count, List.of());
            long start = System.nanoTime();
            List<TableSnapshot> planned = new ChunkPlanner(session, chunkRows).plan(tables);
            SnapshotHarness harness =
                    new SnapshotHarness(sessions, planned, Duration.ofNanos(System.nanoTime() - start));
            harness.epochs.open(MARK.number(), epoch.readers());
            return harness;
        }
    }

    SnapshotReader reader(long batchBytes) {
        return new SnapshotReader(epochs, sessions, TypePolicy.STRICT, batchBytes, progress);
    }

    /** A split of these chunks of a table. */
    SnapshotSplit split(int table, int... chunks) {
        TableSnapshot snapshot = tables.get(table);
        List<Piece> pieces = IntStream.of(chunks)
                .mapToObj(chunk -> new Piece(
                        table, chunk, snapshot.table(), snapshot.chunks().range(chunk)))
                .toList();
        return new SnapshotSplit("snapshot-" + table + "-" + chunks[0], MARK, pieces, 0);
    }

    /** Each chunk's rows, read one after the other. */
    List<List<ChangeBatch>> readAll(int table) {
        List<List<ChangeBatch>> all = new ArrayList<>();
        try (SnapshotReader reader = reader(64 << 10)) {
            for (int chunk = 0; chunk < tables.get(table).chunks().count(); chunk++) {
                reader.assign(split(table, chunk).toSplit());
                List<ChangeBatch> batches = new ArrayList<>();
                while (poll(reader, batches) != Progress.FINISHED) {
                    Thread.onSpinWait();
                }
                all.add(batches);
            }
        }
        return all;
    }

    static Progress poll(SnapshotReader reader, List<ChangeBatch> batches) {
        return reader.poll(element -> batches.add(batch(element)), READ);
    }

    static ChangeBatch batch(StreamElement element) {
        return (ChangeBatch) element;
    }

    /** The cells of a column, as text. */
    static List<String> cells(List<ChangeBatch> batches, String column) {
        List<String> cells = new ArrayList<>();
        for (ChangeBatch batch : batches) {
            int index = batch.schema().indexOf(column);
            for (int row = 0; row < batch.rows(); row++) {
                cells.add(CellText.of(batch.schema().columns().get(index).type(), batch.column(index), row));
            }
        }
        return cells;
    }

    @Override
    public void close() {
        epochs.close();
    }
}
