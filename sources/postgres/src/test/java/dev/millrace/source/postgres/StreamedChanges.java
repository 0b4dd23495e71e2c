package dev.millrace.source.postgres;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.StreamElement;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.SplitReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a source reads from the log behind its snapshot, as text. */
final class StreamedChanges implements AutoCloseable {
    private final SplitReader reader;
    private final List<Change> changes = new ArrayList<>();

    private record Change(String table, String operation, String row) {}

    private StreamedChanges(SplitReader reader) {
        this.reader = reader;
    }

    /** Reads the snapshot to its end. */
    static StreamedChanges after(SnapshotHarness snapshot) {
        snapshot.readAll();
        SplitReader reader = snapshot.source.openReader(0);
        reader.assign(snapshot.log().toSplit());
        return new StreamedChanges(reader);
    }

    /** Reads until everything that has committed by now was read. */
    void readAll(TestDatabase database) throws SQLException {
        long head =
                Slots.place(database.query("select pg_current_wal_flush_lsn()").getFirst());
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (reader.position().isEmpty()
                || LogSplit.of(reader.position().orElseThrow().split()).startPlace() < head) {
            reader.poll(this::take, PollRequest.read(50_000_000));
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not at " + Slots.text(head) + " in time");
            }
        }
    }

    private void take(StreamElement element) {
        if (element instanceof ChangeBatch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                changes.add(new Change(
                        batch.schema().table().name(),
                        batch.operation(row).toString(),
                        SnapshotHarness.text(batch, row)));
            }
        }
    }

    /** The rows of a table's changes of this kind without their ids, ordered by them. */
    List<String> values(String table, String operation) {
        return changes.stream()
                .filter(change ->
                        change.table().equals(table) && change.operation().equals(operation))
                .sorted((a, b) -> Integer.compare(id(a.row()), id(b.row())))
                .map(change -> change.row().substring(change.row().indexOf('|') + 1))
                .toList();
    }

    private static int id(String row) {
        return Integer.parseInt(row.substring(0, row.indexOf('|')));
    }

    @Override
    public void close() {
        reader.close();
    }
}
