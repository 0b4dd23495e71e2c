package dev.millrace.source.postgres.setup;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.Published;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks how tables stand in a publication: a statement or two for all of them. */
public final class PublicationEntries {
    private static final String PUBLICATION =
            "select oid::int8, xmin::text::int8, puballtables from pg_publication where pubname = ?";

    /** A partition is published with each of its ancestors, and a table with its schema. */
    private static final String TABLES = """
            select c.oid::int8, n.nspname, c.relname, (
                select string_agg(e.entry::int8::text, ',') from (
                    select r.oid from pg_publication_rel r
                    where r.prpubid = ?::oid and r.prrelid in (
                        select c.oid union all select a.relid from pg_partition_ancestors(c.oid) a where c.relispartition)
            """;

    private static final String OF_TABLES = """
            ) e(entry))
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.oid = any (?::oid[])""";

    private static final String SCHEMAS = """
            union all
            select s.oid from pg_publication_namespace s
            where s.pnpubid = ?::oid and s.pnnspid in (
                select c.relnamespace
                union all
                select l.relnamespace from pg_partition_ancestors(c.oid) a join pg_class l on l.oid = a.relid
                where c.relispartition)
            """;

    private static final int SCHEMAS_SINCE = 15;

    private final Connection connection;
    private final String name;

    public PublicationEntries(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /**
     * How tables stand now.
     *
     * @param published empty where there is no such publication
     * @param names     of the tables that are there, by oid
     */
    public record Look(Optional<Published> published, Map<Integer, Name> names) {}

    /** What a table is called. */
    public record Name(String schema, String table) {
        public static Name of(TableId id) {
            return new Name(id.schema(), id.name());
        }

        @Override
        public String toString() {
            return schema + "." + table;
        }
    }

    public Look look(Collection<PgTable> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUBLICATION)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? look(tables, (int) row.getLong(1), (int) row.getLong(2), row.getBoolean(3))
                        : new Look(Optional.empty(), Map.of());
            }
        }
    }

    private Look look(Collection<PgTable> tables, int publication, int written, boolean all) throws SQLException {
        boolean bySchema = connection.getMetaData().getDatabaseMajorVersion() >= SCHEMAS_SINCE;
        Map<Integer, Set<Integer>> entries = new HashMap<>();
        Map<Integer, Name> names = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(TABLES + (bySchema ? SCHEMAS : "") + OF_TABLES)) {
            int parameter = 1;
            statement.setString(parameter++, Integer.toUnsignedString(publication));
            if (bySchema) {
                statement.setString(parameter++, Integer.toUnsignedString(publication));
            }
            statement.setString(
                    parameter,
                    tables.stream()
                            .map(table -> Integer.toUnsignedString(table.oid()))
                            .collect(Collectors.joining(",", "{", "}")));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    int table = (int) rows.getLong(1);
                    names.put(table, new Name(rows.getString(2), rows.getString(3)));
                    String found = rows.getString(4);
                    entries.put(table, all ? Set.of(publication) : numbers(found == null ? "" : found));
                }
            }
        }
        return new Look(Optional.of(new Published(publication, written, entries)), names);
    }

    private static Set<Integer> numbers(String list) {
        return Arrays.stream(list.split(",", -1))
                .filter(number -> !number.isEmpty())
                .map(Integer::parseUnsignedInt)
                .collect(Collectors.toSet());
    }

    /** @throws MillraceException where the log may lack changes of one of the tables, as far as they are still there */
    public void requireSame(Published before, Optional<Published> now, List<PgTable> tables) {
        if (now.isEmpty()) {
            throw changed("is gone", "'cdc drop' and start anew.");
        }
        if (now.get().publication() != before.publication()) {
            throw changed("was made anew", "'cdc drop' and start anew.");
        }
        if (now.get().written() != before.written()) {
            throw changed("was altered (what it publishes, its name or its owner)", "'cdc drop' and start anew.");
        }
        for (PgTable table : tables) {
            Set<Integer> then = before.entries().get(table.oid());
            Set<Integer> still = now.get().entries().get(table.oid());
            if (then != null && still != null && Collections.disjoint(then, still)) {
                throw changed(
                        still.isEmpty()
                                ? "no longer holds table " + table.id()
                                : "has lost table " + table.id() + " and taken it in again",
                        "To read the table again, name it in 'tables.exclude' for one run, and then no more; or 'cdc drop' and"
                                + " start anew.");
            }
        }
    }

    private MillraceException changed(String what, String nextStep) {
        return new MillraceException(
                PostgresError.PUBLICATION,
                "Publication " + name + " " + what + " while changes were read by it: some may be missing.",
                nextStep);
    }

    /** Which of these names a table has now. */
    public Set<Name> taken(Collection<Name> wanted) throws SQLException {
        String sql = """
                select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p')
                      and (n.nspname, c.relname) in (select * from unnest(?::text[]::name[], ?::text[]::name[]))""";
        List<Name> all = List.copyOf(wanted);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", all.stream().map(Name::schema).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", all.stream().map(Name::table).toArray()));
            Set<Name> found = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Name(
                            Objects.requireNonNull(rows.getString(1)), Objects.requireNonNull(rows.getString(2))));
                }
            }
            return found;
        }
    }
}
