package dev.millrace.schema;

/**
 * The name of a table where it lives. Parts are the names themselves: unquoted, case as stored.
 *
 * @param database the database or catalog, never empty
 * @param schema   the schema within the database; empty where the system has none (MySQL, Paimon)
 * @param name     the table, never empty
 */
public record TableId(String database, String schema, String name) implements Comparable<TableId> {
    public TableId {
        if (database.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException(
                    "a table needs a database and a name: '" + database + "', '" + name + "'");
        }
    }

    /** A table of a system that knows no schemas. */
    public static TableId of(String database, String name) {
        return new TableId(database, "", name);
    }

    @Override
    public int compareTo(TableId other) {
        int byDatabase = database.compareTo(other.database);
        if (byDatabase != 0) {
            return byDatabase;
        }
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** For people: parts joined by dots, without quotes; not unique where a part holds a dot. */
    @Override
    public String toString() {
        return schema.isEmpty() ? database + "." + name : database + "." + schema + "." + name;
    }
}
