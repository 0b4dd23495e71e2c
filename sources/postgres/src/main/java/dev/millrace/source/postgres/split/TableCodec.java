package dev.millrace.source.postgres.split;

import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.PgTable.Identity;
import dev.millrace.source.postgres.catalog.PgTable.Storage;
import dev.millrace.source.postgres.catalog.PgType;
import dev.millrace.source.postgres.catalog.PgType.Kind;
import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tables' descriptions as bytes: each type once, then the tables, which name types by their place. */
final class TableCodec {
    private TableCodec() {}

    static void write(List<PgTable> tables, StateWriter out) {
        Map<PgType, Integer> types = new LinkedHashMap<>();
        tables.forEach(table -> table.columns().forEach(column -> gather(column.type(), types)));
        out.list(types.keySet(), type -> type(type, types, out));
        out.list(tables, table -> table(table, types, out));
    }

    static List<PgTable> read(StateReader in) {
        Map<Integer, PgType> types = new HashMap<>();
        in.repeat(() -> types.put(types.size(), type(in, types)));
        return in.list(() -> table(in, types));
    }

    /** Parts come before what they are part of. */
    private static void gather(PgType type, Map<PgType, Integer> types) {
        type.of().ifPresent(part -> gather(part, types));
        type.fields().forEach(field -> gather(field.type(), types));
        types.putIfAbsent(type, types.size());
    }

    /** What {@link #gather} or an earlier line of the state has put there. */
    private static <K, V> V known(Map<K, V> types, K key) {
        return Objects.requireNonNull(types.get(key), () -> "no type before its use: " + key);
    }

    private static void type(PgType type, Map<PgType, Integer> types, StateWriter out) {
        out.number(type.oid())
                .text(type.schema())
                .text(type.name())
                .number(type.kind().ordinal());
        out.text(type.extension());
        out.optional(type.of(), part -> out.number(known(types, part)));
        out.number(type.modifier()).number(type.dimensions());
        out.list(
                type.fields(),
                field -> out.text(field.name())
                        .number(known(types, field.type()))
                        .number(field.modifier())
                        .number(field.dimensions()));
    }

    private static PgType type(StateReader in, Map<Integer, PgType> types) {
        return new PgType(
                in.integer(),
                in.text(),
                in.text(),
                Kind.values()[in.integer()],
                in.text(),
                in.optional(() -> known(types, in.integer())),
                in.integer(),
                in.integer(),
                in.list(() -> new PgType.Field(in.text(), known(types, in.integer()), in.integer(), in.integer())));
    }

    private static void table(PgTable table, Map<PgType, Integer> types, StateWriter out) {
        TableId id = table.id();
        out.number(table.oid()).text(id.database()).text(id.schema()).text(id.name());
        out.list(table.columns(), column -> {
            out.number(column.number()).text(column.name()).number(known(types, column.type()));
            out.number(column.modifier()).number(column.dimensions()).flag(column.notNull());
            out.optional(column.comment(), out::text);
        });
        out.list(table.key(), number -> out.number(number));
        out.number(table.identity().ordinal()).flag(table.logged()).flag(table.partitioned());
        out.list(
                table.storage(),
                part -> out.number(part.oid())
                        .text(part.name())
                        .number(part.identity().ordinal())
                        .number(part.fileNode())
                        .number(part.pages())
                        .number(part.toastPages())
                        .number(part.estimatedRows()));
        out.optional(table.comment(), out::text);
    }

    private static PgTable table(StateReader in, Map<Integer, PgType> types) {
        return new PgTable(
                in.integer(),
                new TableId(in.text(), in.text(), in.text()),
                in.list(() -> new PgColumn(
                        in.integer(),
                        in.text(),
                        known(types, in.integer()),
                        in.integer(),
                        in.integer(),
                        in.flag(),
                        in.optional(in::text))),
                in.list(in::integer),
                Identity.values()[in.integer()],
                in.flag(),
                in.flag(),
                in.list(() -> new Storage(
                        in.integer(),
                        in.text(),
                        Identity.values()[in.integer()],
                        in.number(),
                        in.number(),
                        in.number(),
                        in.number())),
                in.optional(in::text));
    }
}
