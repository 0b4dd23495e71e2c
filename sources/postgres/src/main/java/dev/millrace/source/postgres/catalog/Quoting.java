package dev.millrace.source.postgres.catalog;

/** Names and texts inside statements. Names are always quoted, so that upper case, dots and emoji mean themselves. */
public final class Quoting {
    private Quoting() {}

    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text literal that means the same whatever {@code standard_conforming_strings} says. */
    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }
}
