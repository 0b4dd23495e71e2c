package dev.millrace.source.postgres.setup;

import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.relational.check.Requirement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Tables that name their rows by all columns, one of which no log carries: the server refuses to change what it can't name. */
public final class VirtualColumns {
    private static final String QUERY = """
            select c.oid::int8, format('%I.%I', n.nspname, c.relname),
                   string_agg(quote_ident(a.attname), ', ' order by a.attnum)
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid
            join pg_namespace n on n.oid = c.relnamespace
            where a.attrelid = any (?::oid[]) and a.attgenerated = 'v' and not a.attisdropped and c.relreplident = 'f'
            group by 1, 2 order by 2""";

    private VirtualColumns() {}

    /** @param tables that are to be published, with their partitions */
    public static List<Requirement> unmet(Connection connection, List<PgTable> tables) throws SQLException {
        Map<Integer, PgTable> relations = new HashMap<>();
        for (PgTable table : tables) {
            relations.put(table.oid(), table);
            table.storage().forEach(part -> relations.put(part.oid(), table));
        }
        Map<PgTable, List<Unnamed>> found = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(
                    1,
                    relations.keySet().stream()
                            .map(Integer::toUnsignedString)
                            .collect(Collectors.joining(",", "{", "}")));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    PgTable table = Objects.requireNonNull(relations.get((int) rows.getLong(1)));
                    found.computeIfAbsent(table, each -> new ArrayList<>())
                            .add(new Unnamed(rows.getString(2), rows.getString(3)));
                }
            }
        }
        List<Requirement> unmet = new ArrayList<>();
        found.forEach((table, relationsOfIt) -> unmet.add(problem(table, relationsOfIt)));
        return unmet;
    }

    /** A table or partition, quoted, and its virtual columns. */
    private record Unnamed(String relation, String columns) {}

    private static Requirement problem(PgTable table, List<Unnamed> found) {
        String mend = found.stream()
                .map(each -> "ALTER TABLE " + each.relation() + " REPLICA IDENTITY DEFAULT;")
                .collect(Collectors.joining(" "));
        return new Requirement(
                PostgresError.REPLICA_IDENTITY,
                "table " + table.id(),
                "its replica identity is FULL, and no log carries its virtual column "
                        + found.getFirst().columns()
                        + ": once it is published, the server would refuse updates and deletes.",
                (table.hasKey() ? "" : "Give it a primary key, then: ") + mend
                        + " Or leave the table out with 'tables.exclude'.");
    }
}
