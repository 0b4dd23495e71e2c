package dev.millrace.source.mysql.catalog;

import dev.millrace.schema.TableId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names and texts inside statements. Names are always quoted, so that upper case, dots and quotes mean themselves. */
public final class Quoting {
    private Quoting() {}

    public static String name(TableId table) {
        return identifier(table.database()) + "." + identifier(table.name());
    }

    public static String identifier(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    /** A text literal that means the same whether backslashes escape or not: its bytes in hexadecimal digits. */
    public static String literal(String text) {
        return "_utf8mb4 x'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
