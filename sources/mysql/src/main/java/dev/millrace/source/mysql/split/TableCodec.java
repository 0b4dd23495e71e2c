package dev.millrace.source.mysql.split;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.ColumnType;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlColumn.Generated;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.MySqlTable.Identity;
import dev.millrace.source.mysql.catalog.MySqlTable.KeyKind;
import dev.millrace.source.mysql.catalog.MySqlTable.Storage;
import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import java.util.List;

/** Tables' descriptions as bytes. */
final class TableCodec {
    private TableCodec() {}

    static void write(List<MySqlTable> tables, StateWriter out) {
        out.list(tables, table -> {
            out.text(table.id().database()).text(table.id().name());
            out.list(table.columns(), column -> column(column, out));
            Identity identity = table.identity();
            out.number(identity.kind().ordinal()).list(identity.key(), each -> out.number(each));
            out.text(identity.index()).flag(identity.whole());
            Storage storage = table.storage();
            out.text(storage.engine()).text(storage.created());
            out.number(storage.estimatedRows()).number(storage.bytes());
            out.optional(table.comment(), out::text);
        });
    }

    static List<MySqlTable> read(StateReader in) {
        return in.list(() -> new MySqlTable(
                TableId.of(in.text(), in.text()),
                in.list(() -> column(in)),
                new Identity(in.choice(KeyKind.values()), in.list(in::integer), in.text(), in.flag()),
                new Storage(in.text(), in.text(), in.number(), in.number()),
                in.optional(in::text)));
    }

    private static void column(MySqlColumn column, StateWriter out) {
        ColumnType type = column.type();
        out.text(column.name()).text(type.name()).text(type.text());
        out.text(type.characterSet()).text(type.collation());
        out.number(type.size().characters()).number(type.size().bytes());
        out.number(type.size().precision()).number(type.size().scale());
        out.list(type.labels(), out::text);
        out.flag(column.nullable()).number(column.generated().ordinal()).flag(column.visible());
        out.optional(column.comment(), out::text).optional(column.defaultValue(), out::text);
    }

    private static MySqlColumn column(StateReader in) {
        return new MySqlColumn(
                in.text(),
                new ColumnType(
                        in.text(),
                        in.text(),
                        in.text(),
                        in.text(),
                        new ColumnType.Size(in.number(), in.number(), in.integer(), in.integer()),
                        in.list(in::text)),
                in.flag(),
                in.choice(Generated.values()),
                in.flag(),
                in.optional(in::text),
                in.optional(in::text));
    }
}
