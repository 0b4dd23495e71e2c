package dev.millrace.source.mysql.history;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types as texts that can be compared: statements and the catalog write the same type in more than one way. */
public final class TypeText {
    private static final Pattern PARTS = Pattern.compile("(\\w+)\\s*(\\(.*\\))?(.*)", Pattern.DOTALL);
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "integer", "int",
            "bool", "tinyint",
            "boolean", "tinyint",
            "dec", "decimal",
            "numeric", "decimal",
            "fixed", "decimal",
            "real", "double",
            "json", "longtext");

    private TypeText() {}

    /**
     * The type without what changes no value: widths of display, spaces, sizes that are the usual ones.
     *
     * @param text as the catalog has it, or as a statement does
     */
    public static String of(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            return text;
        }
        String said = parts.group(1).toLowerCase(Locale.ROOT);
        String name = OTHER_NAMES.getOrDefault(said, said);
        String size = parts.group(2) == null ? "" : parts.group(2);
        String sign = parts.group(3).toLowerCase(Locale.ROOT);
        boolean isUnsigned = sign.contains("unsigned") || sign.contains("zerofill");
        return name + size(name, size) + (isUnsigned ? " unsigned" : "");
    }

    private static String size(String name, String said) {
        String size = name.equals("enum") || name.equals("set") ? said : said.replace(" ", "");
        return switch (name) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> "";
            case "char", "binary", "bit" -> size.isEmpty() ? "(1)" : size;
            case "time", "datetime", "timestamp" -> size.equals("(0)") ? "" : size;
            case "decimal" -> decimal(size);
            default -> size;
        };
    }

    private static String decimal(String size) {
        if (size.isEmpty()) {
            return "(10,0)";
        }
        return size.contains(",") ? size : size.replace(")", ",0)");
    }
}
