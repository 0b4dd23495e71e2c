package dev.millrace.source.postgres.catalog;

import dev.millrace.source.postgres.catalog.PgType.Field;
import dev.millrace.source.postgres.catalog.PgType.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the types that tables use, with all that they are made of. */
final class TypeReader {
    private static final String USED = """
            with recursive used(oid) as (
                select atttypid from pg_attribute where attrelid = any (?::oid[]) and attnum > 0 and not attisdropped
                union
                select part.oid
                from used
                join pg_type t on t.oid = used.oid
                cross join lateral (
                    values (t.typelem), (t.typbasetype)
                    union all
                    select case when r.rngtypid = t.oid then r.rngsubtype else r.rngtypid end
                    from pg_range r where t.oid in (r.rngtypid, r.rngmultitypid)
                    union all
                    select a.atttypid from pg_attribute a
                    where t.typrelid <> 0 and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
                ) part(oid)
                where part.oid <> 0)
            """;

    private static final String TYPES = USED + """
            select t.oid::int8, n.nspname, t.typname, t.typtype, e.extname,
                   case when t.typname = 'money' and n.nspname = 'pg_catalog' then scale(0::money::numeric) else t.typtypmod end,
                   t.typndims,
                   coalesce(element.oid, nullif(t.typbasetype, 0), own.rngsubtype, multi.rngtypid)::int8,
                   element.oid is not null
            from used
            join pg_type t on t.oid = used.oid
            join pg_namespace n on n.oid = t.typnamespace
            left join pg_type element on element.oid = t.typelem and element.typarray = t.oid
            left join pg_range own on own.rngtypid = t.oid
            left join pg_range multi on multi.rngmultitypid = t.oid
            left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
            left join pg_extension e on e.oid = d.refobjid""";

    private static final String FIELDS = USED + """
            select t.oid::int8, a.attname, a.atttypid::int8, a.atttypmod, a.attndims
            from used
            join pg_type t on t.oid = used.oid and t.typrelid <> 0
            join pg_attribute a on a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
            order by t.oid, a.attnum""";

    private final Connection connection;
    private final Map<Integer, Row> rows = new HashMap<>();
    private final Map<Integer, List<FieldRow>> fields = new HashMap<>();
    private final Map<Integer, PgType> built = new HashMap<>();

    TypeReader(Connection connection) {
        this.connection = connection;
    }

    Map<Integer, PgType> typesOf(List<Integer> tables) throws SQLException {
        readTypes(tables);
        readFields(tables);
        rows.keySet().forEach(this::build);
        return built;
    }

    /** @throws SQLException where the type was made after the types were read */
    static PgType find(Map<Integer, PgType> types, int oid) throws SQLException {
        PgType type = types.get(oid);
        if (type == null) {
            throw new SQLException(
                    "type " + Integer.toUnsignedString(oid) + " appeared while the catalog was being read");
        }
        return type;
    }

    private void readTypes(List<Integer> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TYPES)) {
            statement.setString(1, CatalogReader.oidArray(tables));
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.put((int) found.getLong(1), row(found));
                }
            }
        }
    }

    private static Row row(ResultSet found) throws SQLException {
        return new Row(
                found.getString(2),
                found.getString(3),
                kind(found.getString(4), found.getBoolean(9)),
                Objects.requireNonNullElse(found.getString(5), ""),
                found.getInt(6),
                found.getInt(7),
                (int) found.getLong(8));
    }

    private void readFields(List<Integer> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIELDS)) {
            statement.setString(1, CatalogReader.oidArray(tables));
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    fields.computeIfAbsent((int) found.getLong(1), oid -> new ArrayList<>())
                            .add(new FieldRow(
                                    found.getString(2), (int) found.getLong(3), found.getInt(4), found.getInt(5)));
                }
            }
        }
    }

    private @Nullable PgType build(int oid) {
        PgType known = built.get(oid);
        Row row = rows.get(oid);
        if (known != null || row == null) {
            return known;
        }
        List<Field> parts = fields.getOrDefault(oid, List.of()).stream()
                .map(field -> new Field(
                        field.name(),
                        Objects.requireNonNull(build(field.type())),
                        field.modifier(),
                        field.dimensions()))
                .toList();
        PgType type = new PgType(
                oid,
                row.schema(),
                row.name(),
                row.kind(),
                row.extension(),
                row.of() == 0 ? Optional.empty() : Optional.ofNullable(build(row.of())),
                row.modifier(),
                row.dimensions(),
                parts);
        built.put(oid, type);
        return type;
    }

    private static Kind kind(String code, boolean array) {
        return switch (code) {
            case "d" -> Kind.DOMAIN;
            case "e" -> Kind.ENUM;
            case "r" -> Kind.RANGE;
            case "m" -> Kind.MULTIRANGE;
            case "c" -> Kind.COMPOSITE;
            default -> array ? Kind.ARRAY : Kind.BASE;
        };
    }

    private record Row(String schema, String name, Kind kind, String extension, int modifier, int dimensions, int of) {}

    private record FieldRow(String name, int type, int modifier, int dimensions) {}
}
