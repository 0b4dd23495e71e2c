package dev.millrace.source.mysql.snapshot;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.split.Chunks;
import dev.millrace.source.mysql.split.KeyOrder;
import dev.millrace.source.mysql.split.TableSnapshot;
import dev.millrace.source.mysql.wire.ServerSession;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how tables are cut. Small ones are read as a whole, large ones by ranges of their key. Bounds are found by looks into the key's
 * index, never by reading it; how long that may take is bounded, and where the time is up chunks are larger.
 */
public final class ChunkPlanner {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkPlanner.class);
    /** 32 MB: long enough that a statement's start does not count, short enough that a barrier does not wait long. */
    private static final long BYTES_PER_CHUNK = 32 << 20;

    private static final int MOST_CHUNKS = 4096;
    private static final Duration FOR_ALL = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    /** Engines that show a table as it was at one place of the log. */
    private static final Set<String> WITH_SNAPSHOTS = Set.of("innodb", "rocksdb", "tokudb");

    private final ServerSession session;
    private final OptionalInt chunkRows;

    /**
     * @param session   whose zone and mode are ours from then on
     * @param chunkRows how large chunks shall be; by default 32 MB
     */
    public ChunkPlanner(ServerSession session, OptionalInt chunkRows) {
        this.session = session;
        this.chunkRows = chunkRows;
        session.execute("set session time_zone = '+00:00', sql_mode = ''");
    }

    /** @throws MillraceException naming tables that can't be read as of one place of the log */
    public List<TableSnapshot> plan(List<MySqlTable> tables) {
        requireSnapshots(tables);
        long end = System.nanoTime() + FOR_ALL.toNanos();
        return tables.stream()
                .map(table -> new TableSnapshot(table, cut(table, end)))
                .toList();
    }

    private static void requireSnapshots(List<MySqlTable> tables) {
        List<String> others = tables.stream()
                .filter(table ->
                        !WITH_SNAPSHOTS.contains(table.storage().engine().toLowerCase(Locale.ROOT)))
                .map(table -> table.id() + " (" + table.storage().engine() + ")")
                .toList();
        if (!others.isEmpty()) {
            throw new MillraceException(
                    MySqlError.UNSUPPORTED,
                    "The engine of these tables can't show them as they were at one place of the log: "
                            + String.join(", ", others) + ".",
                    "Give them the engine InnoDB, leave them out with 'tables.exclude', or begin without their rows: 'scan.startup.mode: latest-offset'.");
        }
    }

    private Chunks cut(MySqlTable table, long end) {
        int wanted = wanted(table);
        if (wanted == 1) {
            return Chunks.WHOLE;
        }
        List<Integer> columns = columns(table);
        if (columns.isEmpty()) {
            LOG.warn(
                    "Table {} has no key by which it could be cut: its {} MB are read in one piece, and anew as a whole after a crash",
                    table.id(),
                    table.dataBytes() >> 20);
            return Chunks.WHOLE;
        }
        long now = System.nanoTime();
        long time = Math.clamp(end - now, SHORTEST.toNanos(), LONGEST.toNanos());
        List<List<String>> bounds = new KeyBounds(session, table, columns, now + time).find(wanted);
        int used = bounds.stream().mapToInt(List::size).max().orElse(0);
        List<Integer> cut = columns.subList(0, used);
        return new Chunks(cut, cut.stream().map(index -> order(table, index)).toList(), bounds);
    }

    private int wanted(MySqlTable table) {
        long chunks = chunkRows.isPresent()
                ? table.estimatedRows() / chunkRows.getAsInt()
                : table.dataBytes() / BYTES_PER_CHUNK;
        return Math.clamp(Math.min(chunks, table.estimatedRows()), 1, MOST_CHUNKS);
    }

    /** Those of the key between whose values bounds can be set: the first ones, as far as it goes. */
    private static List<Integer> columns(MySqlTable table) {
        if (!table.identity().whole()) {
            return List.of();
        }
        return table.key().stream()
                .takeWhile(
                        index -> KeyOrder.of(table.columns().get(index).type()).isPresent())
                .toList();
    }

    private static KeyOrder order(MySqlTable table, int index) {
        return KeyOrder.of(table.columns().get(index).type()).orElseThrow();
    }
}
