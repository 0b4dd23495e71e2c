package dev.millrace.source.postgres.catalog;

import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgTable.Identity;
import dev.millrace.source.postgres.catalog.PgTable.Storage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads the descriptions of tables: a handful of queries for all of them, however many there are. Inside a transaction
 * with an exported snapshot it sees the catalog as of that snapshot.
 */
public final class CatalogReader {
    private static final String RELATIONS = """
            select c.oid::int8, current_database(), n.nspname, c.relname, c.relkind, c.relreplident, c.relpersistence,
                   array_to_string((i.indkey::int2[])[0:i.indnkeyatts - 1], ','), d.description,
                   (select array_to_string(array_agg(a.relid::oid::int8), ',') from pg_partition_ancestors(c.oid) a
                    where c.relispartition and a.relid <> c.oid)
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            left join pg_index i on i.indrelid = c.oid and i.indisvalid and i.indimmediate
                 and case when c.relreplident = 'i' then i.indisreplident else i.indisprimary end
            left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
            where c.relkind in ('r', 'p') and c.relpersistence <> 't'
                  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            order by n.nspname, c.relname""";

    private static final String STORAGE = """
            select t.root::int8, c.oid::int8, n.nspname, c.relname, c.relreplident, c.relfilenode::int8,
                   coalesce(pg_relation_size(c.oid) / current_setting('block_size')::int8, 0),
                   coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)) / current_setting('block_size')::int8, 0),
                   c.reltuples::int8
            from (select w.oid as root, coalesce(p.relid::oid, w.oid) as part
                  from unnest(?::oid[]) w(oid)
                  join pg_class r on r.oid = w.oid
                  left join lateral pg_partition_tree(w.oid) p on r.relkind = 'p'
                  where r.relkind <> 'p' or p.isleaf) t
            join pg_class c on c.oid = t.part
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind <> 'p'
            order by t.root, n.nspname, c.relname""";

    private static final String COLUMNS = """
            select a.attrelid::int8, a.attnum, a.attname, a.atttypid::int8, a.atttypmod, a.attndims, a.attnotnull, d.description
            from pg_attribute a
            left join pg_description d
                 on d.classoid = 'pg_class'::regclass and d.objoid = a.attrelid and d.objsubid = a.attnum
            where a.attrelid = any (?::oid[]) and a.attnum > 0 and not a.attisdropped
                  and (a.attgenerated = '' or a.attgenerated = 's' and current_setting('server_version_num')::int >= 180000)
            order by a.attrelid, a.attnum""";

    private final Connection connection;

    public CatalogReader(Connection connection) {
        this.connection = connection;
    }

    /**
     * The tables that are wanted, by name. A partition is not among them where one of its ancestors is.
     *
     * @throws SQLException as the driver throws it
     */
    public List<PgTable> read(Predicate<TableId> wanted) throws SQLException {
        List<Relation> relations = withoutPartitionsOf(
                relations().stream().filter(each -> wanted.test(each.id())).toList());
        List<Integer> oids = relations.stream().map(Relation::oid).toList();
        Map<Integer, List<Storage>> storage = storage(oids);
        Map<Integer, List<PgColumn>> columns = columns(oids);
        return relations.stream()
                .map(each -> each.describe(
                        columns.getOrDefault(each.oid(), List.of()), storage.getOrDefault(each.oid(), List.of())))
                .toList();
    }

    private static List<Relation> withoutPartitionsOf(List<Relation> wanted) {
        Collection<Integer> oids = wanted.stream().map(Relation::oid).collect(Collectors.toSet());
        return wanted.stream()
                .filter(each -> each.ancestors().stream().noneMatch(oids::contains))
                .toList();
    }

    private List<Relation> relations() throws SQLException {
        List<Relation> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(RELATIONS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Relation(
                        (int) rows.getLong(1),
                        new TableId(rows.getString(2), rows.getString(3), rows.getString(4)),
                        rows.getString(5).equals("p"),
                        Identity.ofCode(rows.getString(6)),
                        rows.getString(7).equals("p"),
                        numbers(rows.getString(8)),
                        Optional.ofNullable(rows.getString(9)),
                        numbers(rows.getString(10))));
            }
        }
        return found;
    }

    private Map<Integer, List<Storage>> storage(List<Integer> oids) throws SQLException {
        Map<Integer, List<Storage>> found = new HashMap<>();
        try (PreparedStatement statement = of(STORAGE, oids);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.computeIfAbsent((int) rows.getLong(1), oid -> new ArrayList<>())
                        .add(new Storage(
                                (int) rows.getLong(2),
                                Quoting.identifier(rows.getString(3)) + "." + Quoting.identifier(rows.getString(4)),
                                Identity.ofCode(rows.getString(5)),
                                rows.getLong(6),
                                rows.getLong(7),
                                rows.getLong(8),
                                rows.getLong(9)));
            }
        }
        return found;
    }

    private Map<Integer, List<PgColumn>> columns(List<Integer> oids) throws SQLException {
        Map<Integer, PgType> types = new TypeReader(connection).typesOf(oids);
        Map<Integer, List<PgColumn>> found = new LinkedHashMap<>();
        try (PreparedStatement statement = of(COLUMNS, oids);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                int typeOid = (int) rows.getLong(4);
                found.computeIfAbsent((int) rows.getLong(1), oid -> new ArrayList<>())
                        .add(new PgColumn(
                                rows.getInt(2),
                                rows.getString(3),
                                TypeReader.find(types, typeOid),
                                rows.getInt(5),
                                rows.getInt(6),
                                rows.getBoolean(7),
                                Optional.ofNullable(rows.getString(8))));
            }
        }
        return found;
    }

    private PreparedStatement of(String sql, List<Integer> oids) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, oidArray(oids));
        return statement;
    }

    static String oidArray(Collection<Integer> oids) {
        return oids.stream().map(Integer::toUnsignedString).collect(Collectors.joining(",", "{", "}"));
    }

    private static List<Integer> numbers(@org.jspecify.annotations.Nullable String list) {
        return list == null || list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(","))
                        .map(number -> (int) Long.parseLong(number))
                        .toList();
    }

    private record Relation(
            int oid,
            TableId id,
            boolean partitioned,
            Identity identity,
            boolean logged,
            List<Integer> key,
            Optional<String> comment,
            List<Integer> ancestors) {
        PgTable describe(List<PgColumn> columns, List<Storage> storage) {
            return new PgTable(oid, id, columns, key, identity, logged, partitioned, storage, comment);
        }
    }
}
