package dev.millrace.source.postgres.catalog;

import dev.millrace.schema.TableId;
import java.util.List;
import java.util.Optional;

/**
 * A table as the catalog describes it.
 *
 * @param oid      as messages of the log name it; a partitioned table goes by its root's
 * @param columns  the captured ones, in the table's order: virtual generated columns are never among them, stored ones only
 *                 where the log carries them
 * @param key      numbers of the columns by which changes name a row, in key order: of the replica identity's index where
 *                 one is set, else of the primary key; empty without either
 * @param identity what the log says of a row's former self
 * @param logged   false for an unlogged table, whose changes no log carries
 * @param storage  what holds the rows: the table itself, or its leaf partitions
 */
public record PgTable(
        int oid,
        TableId id,
        List<PgColumn> columns,
        List<Integer> key,
        Identity identity,
        boolean logged,
        boolean partitioned,
        List<Storage> storage,
        Optional<String> comment) {
    public PgTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        storage = List.copyOf(storage);
    }

    /** {@code pg_class.relreplident}. */
    public enum Identity {
        DEFAULT,
        NOTHING,
        FULL,
        INDEX;

        static Identity ofCode(String code) {
            return switch (code) {
                case "d" -> DEFAULT;
                case "n" -> NOTHING;
                case "f" -> FULL;
                case "i" -> INDEX;
                default -> throw new IllegalArgumentException("replica identity " + code);
            };
        }
    }

    /**
     * A relation with rows.
     *
     * @param name          quoted and with its schema, for statements
     * @param identity      a partition has one of its own
     * @param fileNode      changes when the relation is truncated or rewritten; 0 for one without rows of its own here (a
     *                      foreign table)
     * @param pages         as large as it is now
     * @param toastPages    where its large values lie
     * @param estimatedRows by the last vacuum's or analyze's count, −1 if never counted
     */
    public record Storage(
            int oid, String name, Identity identity, long fileNode, long pages, long toastPages, long estimatedRows) {}

    public boolean hasKey() {
        return !key.isEmpty();
    }

    public List<String> keyNames() {
        return key.stream().map(number -> column(number).name()).toList();
    }

    /** The column with this number. */
    public PgColumn column(int number) {
        return columns.stream()
                .filter(column -> column.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + " has no column number " + number));
    }

    /** Quoted and with its schema, for statements. */
    public String quotedName() {
        return Quoting.identifier(id.schema()) + "." + Quoting.identifier(id.name());
    }

    public long estimatedRows() {
        return storage.stream()
                .mapToLong(part -> Math.max(0, part.estimatedRows()))
                .sum();
    }

    /** Without large values, which lie elsewhere. */
    public long pages() {
        return storage.stream().mapToLong(Storage::pages).sum();
    }

    /** With large values. */
    public long allPages() {
        return pages() + storage.stream().mapToLong(Storage::toastPages).sum();
    }
}
