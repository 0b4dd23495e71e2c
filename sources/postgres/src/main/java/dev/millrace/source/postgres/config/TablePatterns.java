package dev.millrace.source.postgres.config;

import dev.millrace.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which tables are meant: a list of {@code database.schema.table} with a regular expression for each of the last two. The
 * meaning is that of Flink CDC: commas separate patterns, dots separate parts, {@code \.} is the dot of an expression and
 * {@code \,} a comma in it; an expression matches the whole name, in upper or lower case.
 *
 * @param database the one database that all patterns name
 */
public record TablePatterns(String database, List<TablePattern> included, List<TablePattern> excluded) {
    private static final int PARTS = 3;

    public TablePatterns {
        included = List.copyOf(included);
        excluded = List.copyOf(excluded);
    }

    /** @throws IllegalArgumentException saying what is wrong with the lists */
    static TablePatterns parse(String tables, String tablesExclude) {
        List<List<String>> wanted = split(tables);
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("it names no table");
        }
        String database = wanted.getFirst().getFirst();
        for (List<String> parts : wanted) {
            if (!parts.getFirst().equals(database)) {
                throw new IllegalArgumentException(
                        "it names two databases, '" + database + "' and '" + parts.getFirst() + "': a slot reads one");
            }
        }
        return new TablePatterns(database, patterns(wanted), patterns(split(tablesExclude)));
    }

    public boolean match(TableId table) {
        return included.stream().anyMatch(pattern -> pattern.matches(table))
                && excluded.stream().noneMatch(pattern -> pattern.matches(table));
    }

    private static List<TablePattern> patterns(List<List<String>> all) {
        return all.stream().map(TablePatterns::pattern).toList();
    }

    private static TablePattern pattern(List<String> parts) {
        try {
            return new TablePattern(String.join(".", parts), expression(parts.get(1)), expression(parts.get(2)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + e.getPattern() + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    private static Pattern expression(String part) {
        return Pattern.compile(part, Pattern.CASE_INSENSITIVE);
    }

    private static List<List<String>> split(String list) {
        List<List<String>> patterns = new ArrayList<>();
        for (String pattern : split(list, ',')) {
            List<String> parts = split(pattern.replace("\\,", ","), '.').stream()
                    .map(part -> part.replace("\\.", "."))
                    .toList();
            if (parts.size() != PARTS) {
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

    /** One entry of the list. */
    public record TablePattern(String text, Pattern schema, Pattern name) {
        public boolean matches(TableId table) {
            return schema.matcher(table.schema()).matches()
                    && name.matcher(table.name()).matches();
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
