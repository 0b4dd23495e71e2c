package dev.millrace.source.mysql.catalog;

import dev.millrace.schema.TableId;
import java.util.List;
import java.util.Optional;

/**
 * A table as the catalog describes it.
 *
 * @param columns  in the table's order, all of them
 * @param identity by which rows are told apart
 * @param storage  what is known of its rows
 */
public record MySqlTable(
        TableId id, List<MySqlColumn> columns, Identity identity, Storage storage, Optional<String> comment) {
    public MySqlTable {
        columns = List.copyOf(columns);
    }

    /** Where a table's key comes from. */
    public enum KeyKind {
        PRIMARY,
        /** A unique index without nulls, as there is no primary key. */
        UNIQUE,
        NONE
    }

    /**
     * A table's key.
     *
     * @param key   indexes into the table's columns, in key order; empty where there is none
     * @param index the index's name; empty where there is none
     * @param whole whether the index holds the whole values of its first column, and in their order
     */
    public record Identity(KeyKind kind, List<Integer> key, String index, boolean whole) {
        public static final Identity NONE = new Identity(KeyKind.NONE, List.of(), "", false);

        public Identity {
            key = List.copyOf(key);
        }
    }

    /**
     * Where a table's rows are.
     *
     * @param engine        as the server writes it: {@code InnoDB}
     * @param created       when the server made it, to the second; another one is another table, whatever its name
     * @param estimatedRows by the engine's guess
     * @param bytes         of rows, without indexes, by the engine's guess
     */
    public record Storage(String engine, String created, long estimatedRows, long bytes) {}

    public List<Integer> key() {
        return identity.key();
    }

    public KeyKind keyKind() {
        return identity.kind();
    }

    public boolean hasKey() {
        return !key().isEmpty();
    }

    public List<String> keyNames() {
        return key().stream().map(index -> columns.get(index).name()).toList();
    }

    public long estimatedRows() {
        return storage.estimatedRows();
    }

    public long dataBytes() {
        return storage.bytes();
    }

    /** Quoted and with its database, for statements. */
    public String quotedName() {
        return Quoting.name(id);
    }
}
