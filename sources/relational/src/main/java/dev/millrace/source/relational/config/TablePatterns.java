package dev.millrace.source.relational.config;

import dev.millrace.schema.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which tables are meant: a list of names with a regular expression for each part that may vary. The meaning is that of
 * Flink CDC: commas separate patterns, dots separate parts, {@code \.} is the dot of an expression and {@code \,} a comma
 * in it; an expression matches the whole name, in upper or lower case.
 *
 * @param database the one database that all patterns name; empty where each may name several
 */
public record TablePatterns(String database, List<TablePattern> included, List<TablePattern> excluded) {
    /** What a pattern looks like. */
    public enum Form {
        /** {@code database.schema.table}; the database is a name, the same in all patterns. */
        SCHEMAS_OF_ONE_DATABASE(3),
        /** {@code database.table}, an expression each. */
        DATABASES(2);

        private final int parts;

        Form(int parts) {
            this.parts = parts;
        }

        private String container(TableId table) {
            return this == DATABASES ? table.database() : table.schema();
        }
    }

    public TablePatterns {
        included = List.copyOf(included);
        excluded = List.copyOf(excluded);
    }

    /** Matches no table: a stand-in for lists that can't be read. */
    public static TablePatterns none() {
        return new TablePatterns("", List.of(), List.of());
    }

    /** @throws IllegalArgumentException saying what is wrong with the lists */
    public static TablePatterns parse(Form form, String tables, String tablesExclude) {
        List<List<String>> wanted = split(form, tables);
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("it names no table");
        }
        String database = form == Form.SCHEMAS_OF_ONE_DATABASE ? oneDatabase(wanted) : "";
        return new TablePatterns(database, patterns(form, wanted), patterns(form, split(form, tablesExclude)));
    }

    private static String oneDatabase(List<List<String>> wanted) {
        String database = wanted.getFirst().getFirst();
        for (List<String> parts : wanted) {
            if (!parts.getFirst().equals(database)) {
                throw new IllegalArgumentException(
                        "it names two databases, '" + database + "' and '" + parts.getFirst() + "': a slot reads one");
            }
        }
        return database;
    }

    public boolean match(TableId table) {
        return included.stream().anyMatch(pattern -> pattern.matches(table))
                && excluded.stream().noneMatch(pattern -> pattern.matches(table));
    }

    /** Those that none of these tables goes by: a slip of the pen, or meant for tables to come. */
    public List<TablePattern> unmatched(Collection<TableId> tables) {
        return included.stream()
                .filter(pattern -> tables.stream().noneMatch(pattern::matches))
                .toList();
    }

    private static List<TablePattern> patterns(Form form, List<List<String>> all) {
        return all.stream().map(parts -> pattern(form, parts)).toList();
    }

    private static TablePattern pattern(Form form, List<String> parts) {
        try {
            return new TablePattern(
                    String.join(".", parts),
                    form,
                    expression(parts.get(form.parts - 2)),
                    expression(parts.get(form.parts - 1)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + e.getPattern() + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    private static Pattern expression(String part) {
        return Pattern.compile(part, Pattern.CASE_INSENSITIVE);
    }

    private static List<List<String>> split(Form form, String list) {
        List<List<String>> patterns = new ArrayList<>();
        for (String pattern : split(list, ',')) {
            List<String> parts = split(pattern.replace("\\,", ","), '.').stream()
                    .map(part -> part.replace("\\.", "."))
                    .toList();
            if (parts.size() != form.parts) {
                throw new IllegalArgumentException("'" + pattern + "' has " + parts.size() + " parts");
            }
            patterns.add(parts);
        }
        return patterns;
    }

    /** Splits where the separator has no backslash before it; leaves empty parts out. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            if (end || text.charAt(i) == separator) {
                String part = text.substring(start, i).trim();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            } else if (text.charAt(i) == '\\') {
                i++;
            }
        }
        return parts;
    }

    /**
     * One entry of the list.
     *
     * @param container of the schema, or of the database where the form has no schemas
     */
    public record TablePattern(String text, Form form, Pattern container, Pattern name) {
        public boolean matches(TableId table) {
            return container.matcher(form.container(table)).matches()
                    && name.matcher(table.name()).matches();
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
