package dev.millrace.source.postgres.snapshot;

import dev.millrace.source.postgres.catalog.PgTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What the catalog knows of the first column of a key.
 *
 * @param plainBytes  its texts are ordered byte by byte
 * @param correlation between its order and the order of rows on disk, −1 to 1; empty if never analyzed
 */
record KeyStatistics(boolean plainBytes, OptionalDouble correlation) {
    static final KeyStatistics UNKNOWN = new KeyStatistics(false, OptionalDouble.empty());

    private static final String QUERY = """
            select k.relation::int8,
                   getdatabaseencoding() = 'UTF8' and coalesce(
                       case when c.collname = 'default' and c.collnamespace = 'pg_catalog'::regnamespace
                            then d.datcollate in ('C', 'POSIX') and coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c'
                            else c.collprovider = 'c' and c.collcollate in ('C', 'POSIX') end, false),
                   s.correlation
            from unnest(?::oid[], ?::int2[]) k(relation, number)
            join pg_class r on r.oid = k.relation
            join pg_namespace n on n.oid = r.relnamespace
            join pg_attribute a on a.attrelid = r.oid and a.attnum = k.number
            join pg_database d on d.datname = current_database()
            left join pg_collation c on c.oid = a.attcollation
            left join pg_stats s on s.schemaname = n.nspname and s.tablename = r.relname and s.attname = a.attname
                 and s.inherited = (r.relkind = 'p')""";

    /** Of all tables with a key at once, by oid. */
    static Map<Integer, KeyStatistics> read(Connection connection, List<PgTable> tables) throws SQLException {
        Map<Integer, KeyStatistics> found = new HashMap<>();
        List<PgTable> keyed = tables.stream().filter(PgTable::hasKey).toList();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(
                    1,
                    array(keyed.stream()
                            .map(table -> Integer.toUnsignedString(table.oid()))
                            .toList()));
            statement.setString(
                    2,
                    array(keyed.stream()
                            .map(table -> table.key().getFirst().toString())
                            .toList()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    boolean plainBytes = rows.getBoolean(2);
                    double correlation = rows.getDouble(3);
                    OptionalDouble known = rows.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(correlation);
                    found.put((int) rows.getLong(1), new KeyStatistics(plainBytes, known));
                }
            }
        }
        return found;
    }

    private static String array(List<String> values) {
        return values.stream().collect(Collectors.joining(",", "{", "}"));
    }
}
