package dev.millrace.source.postgres.snapshot;

import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.PgTable.Storage;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.split.Chunks;
import dev.millrace.source.postgres.split.Chunks.Range;
import dev.millrace.source.postgres.split.KeyOrder;
import dev.millrace.source.postgres.split.TableSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides how tables are cut. Small ones are read as a whole. Large ones are cut by the first column of their key where the
 * order of its values is known here and is about the order of rows on disk, so that a chunk is one stretch of the table; the
 * others by pages.
 */
public final class ChunkPlanner {
    /** 32 MB: long enough that a statement's start does not count, short enough that a barrier does not wait long. */
    private static final long PAGES_PER_CHUNK = 4096;

    private static final int MOST_CHUNKS = 4096;
    private static final double CORRELATED = 0.5;

    private static final int GUESSED_ROWS_PER_PAGE = 20;

    private final Connection connection;
    private final OptionalInt chunkRows;

    /**
     * @param connection inside a transaction that sees the snapshot
     * @param chunkRows  how large chunks shall be; by default 32 MB
     */
    public ChunkPlanner(Connection connection, OptionalInt chunkRows) {
        this.connection = connection;
        this.chunkRows = chunkRows;
    }

    public List<TableSnapshot> plan(List<PgTable> tables) {
        try {
            List<PgTable> large = tables.stream().filter(this::isLarge).toList();
            Map<Integer, KeyStatistics> statistics = large.isEmpty() ? Map.of() : KeyStatistics.read(connection, large);
            List<TableSnapshot> planned = new ArrayList<>();
            for (PgTable table : tables) {
                Chunks chunks = isLarge(table)
                        ? cut(table, statistics.getOrDefault(table.oid(), KeyStatistics.UNKNOWN))
                        : Chunks.WHOLE;
                planned.add(new TableSnapshot(table, chunks));
            }
            return planned;
        } catch (SQLException e) {
            throw PostgresFailure.during("planning the snapshot", e);
        }
    }

    private boolean isLarge(PgTable table) {
        return chunkRows.isPresent() ? table.pages() > pagesPerChunk(table) : table.allPages() > PAGES_PER_CHUNK;
    }

    private Chunks cut(PgTable table, KeyStatistics statistics) throws SQLException {
        Optional<OrderedKey> key = table.hasKey()
                ? OrderedKey.of(table.column(table.key().getFirst()), statistics.plainBytes())
                        .filter(ordered -> isAlongDisk(ordered, statistics))
                : Optional.empty();
        if (key.isPresent()) {
            int wanted = wantedByKey(table);
            List<byte[]> bounds = new KeySample(connection, table, key.get()).bounds(wanted);
            if (bounds.size() >= (wanted - 1) / 2.0) {
                return new Chunks.ByKey(key.get().column().number(), key.get().order(), bounds);
            }
        }
        return byPages(table);
    }

    /** Few rows with large values are cut as finely as a chunk a row. */
    private int wantedByKey(PgTable table) {
        int wanted = chunkRows.isPresent()
                ? chunks(table.pages(), pagesPerChunk(table))
                : chunks(table.allPages(), PAGES_PER_CHUNK);
        return table.estimatedRows() > 0 ? (int) Math.min(wanted, table.estimatedRows()) : wanted;
    }

    /** Numbers and times mostly grow as rows are added; other keys only where the server says so. */
    private static boolean isAlongDisk(OrderedKey key, KeyStatistics statistics) {
        return statistics.correlation().isPresent()
                ? Math.abs(statistics.correlation().getAsDouble()) >= CORRELATED
                : key.order() == KeyOrder.SIGNED;
    }

    private Chunks byPages(PgTable table) {
        List<Range.Pages> ranges = new ArrayList<>();
        for (int i = 0; i < table.storage().size(); i++) {
            Storage part = table.storage().get(i);
            int count = chunks(part.pages(), pagesPerChunk(table));
            for (int chunk = 0; chunk < count; chunk++) {
                long start = part.pages() * chunk / count;
                Optional<Long> end =
                        chunk == count - 1 ? Optional.empty() : Optional.of(part.pages() * (chunk + 1) / count);
                ranges.add(new Range.Pages(i, start, end));
            }
        }
        return new Chunks.ByPages(ranges);
    }

    private long pagesPerChunk(PgTable table) {
        if (chunkRows.isEmpty()) {
            return Math.max(1, PAGES_PER_CHUNK * table.pages() / Math.max(1, table.allPages()));
        }
        long rowsPerPage = table.estimatedRows() > 0 && table.pages() > 0
                ? table.estimatedRows() / table.pages()
                : GUESSED_ROWS_PER_PAGE;
        return Math.max(1, chunkRows.getAsInt() / Math.max(1, rowsPerPage));
    }

    private static int chunks(long pages, long pagesPerChunk) {
        return Math.clamp((pages + pagesPerChunk - 1) / pagesPerChunk, 1, MOST_CHUNKS);
    }
}
