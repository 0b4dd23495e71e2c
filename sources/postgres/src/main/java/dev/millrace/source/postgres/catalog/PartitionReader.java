package dev.millrace.source.postgres.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads how partitioned tables are divided now. It waits for nobody's lock, unless it is asked for pages. */
public final class PartitionReader {
    private static final String PARTITIONS = """
            select w.oid::int8, p.relid::oid::int8, p.parentrelid::oid::int8, p.isleaf, i.xmin::text::int8, n.nspname, c.relname
            from unnest(?::oid[]) w(oid)
            cross join lateral pg_partition_tree(w.oid) p
            join pg_inherits i on i.inhrelid = p.relid
            join pg_class c on c.oid = p.relid
            join pg_namespace n on n.oid = c.relnamespace
            where p.level > 0
            order by n.nspname, c.relname""";

    /**
     * A partition that was created as one has been one since the transaction that made it, and columns are older there than
     * its link. To attach a table writes all its columns again, together with the link: that tells the two apart also where one
     * transaction has created, filled and attached it.
     */
    private static final String ATTACHED = """
            select i.inhrelid::int8 from pg_inherits i
            where i.inhrelid = any (?::oid[])
                  and (not exists (select from pg_attribute a
                                   where a.attrelid = i.inhrelid and a.attnum < 0 and a.xmin = i.xmin)
                       or exists (select from pg_attribute a
                                  where a.attrelid = i.inhrelid and a.attnum > 0 and a.xmin = i.xmin and a.cmin = i.cmin)
                          and not exists (select from pg_attribute a
                                          where a.attrelid = i.inhrelid and a.attnum > 0 and a.xmin = i.xmin
                                                and a.cmin::text::int8 < i.cmin::text::int8))""";

    private static final String WITH_PAGES =
            "select w.oid::int8 from unnest(?::oid[]) w(oid) where pg_relation_size(w.oid) > 0";

    private final Connection connection;

    public PartitionReader(Connection connection) {
        this.connection = connection;
    }

    /**
     * A partition at any depth.
     *
     * @param name   quoted and with its schema
     * @param parent the oid of what it is a partition of
     * @param link   another one after it was detached and attached again
     */
    public record Partition(int oid, String name, int parent, int link, boolean leaf) {}

    /** The partitions of tables by the tables' oids, each time by their own. */
    public Map<Integer, Map<Integer, Partition>> read(Collection<PgTable> tables) throws SQLException {
        List<Integer> roots =
                tables.stream().filter(PgTable::partitioned).map(PgTable::oid).toList();
        Map<Integer, Map<Integer, Partition>> found = new HashMap<>();
        if (roots.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = of(PARTITIONS, roots);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                int oid = (int) rows.getLong(2);
                found.computeIfAbsent((int) rows.getLong(1), root -> new LinkedHashMap<>())
                        .put(
                                oid,
                                new Partition(
                                        oid,
                                        Quoting.identifier(rows.getString(6)) + "."
                                                + Quoting.identifier(rows.getString(7)),
                                        (int) rows.getLong(3),
                                        (int) rows.getLong(5),
                                        rows.getBoolean(4)));
            }
        }
        return found;
    }

    /**
     * What of a table's storage is no longer part of it.
     *
     * @param tables as they were; a table that is gone itself has lost nothing
     * @return names of partitions, by the table; without those that have lost none
     */
    public Map<PgTable, List<String>> gone(Collection<PgTable> tables) throws SQLException {
        Map<Integer, Map<Integer, Partition>> now = read(tables);
        Set<Integer> there = there(tables);
        Map<PgTable, List<String>> gone = new LinkedHashMap<>();
        for (PgTable table : tables) {
            if (table.partitioned() && there.contains(table.oid())) {
                Map<Integer, Partition> parts = now.getOrDefault(table.oid(), Map.of());
                for (PgTable.Storage part : table.storage()) {
                    if (!parts.containsKey(part.oid())) {
                        gone.computeIfAbsent(table, each -> new ArrayList<>()).add(part.name());
                    }
                }
            }
        }
        return gone;
    }

    private Set<Integer> there(Collection<PgTable> tables) throws SQLException {
        return oids(
                "select oid::int8 from pg_class where oid = any (?::oid[])",
                tables.stream().map(PgTable::oid).toList());
    }

    /** Which of these partitions were tables of their own before. */
    public Set<Integer> attached(Collection<Integer> partitions) throws SQLException {
        return oids(ATTACHED, partitions);
    }

    /** Which of these hold anything, or did before rows were deleted. */
    public Set<Integer> withPages(Collection<Integer> partitions) throws SQLException {
        return oids(WITH_PAGES, partitions);
    }

    private Set<Integer> oids(String sql, Collection<Integer> among) throws SQLException {
        Set<Integer> found = new HashSet<>();
        if (among.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = of(sql, among);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add((int) rows.getLong(1));
            }
        }
        return found;
    }

    private PreparedStatement of(String sql, Collection<Integer> oids) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, CatalogReader.oidArray(oids));
        return statement;
    }
}
