package dev.millrace.definition;

import dev.millrace.schema.TableId;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Matches tables as Flink CDC does: a dot parts database, schema and table, {@code \.} is the dot of a regular expression, commas
 * part alternatives. Matched is the whole name: {@code database.schema.table}, or {@code schema.table} where there are schemas.
 */
final class TablePattern {
    private final Pattern pattern;

    /** @throws java.util.regex.PatternSyntaxException where it is no regular expression */
    TablePattern(String text) {
        this.pattern = Pattern.compile(expression(text));
    }

    Optional<MatchResult> match(TableId table) {
        Stream<String> names = table.schema().isEmpty()
                ? Stream.of(table.toString())
                : Stream.of(table.toString(), table.schema() + "." + table.name());
        return names.map(pattern::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .findFirst();
    }

    int groups() {
        return pattern.matcher("").groupCount();
    }

    /** Exchanges the meaning of the dot with and without backslash; a comma outside of brackets becomes an alternative. */
    static String expression(String text) {
        StringBuilder expression = new StringBuilder("(?:");
        int brackets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> {
                    boolean dot = i + 1 < text.length() && text.charAt(i + 1) == '.';
                    expression.append(dot ? "." : text.substring(i, Math.min(i + 2, text.length())));
                    i++;
                }
                case '.' -> expression.append("\\.");
                case ',' -> expression.append(brackets == 0 ? ")|(?:" : ",");
                case ' ' -> appendBlank(expression, text, i);
                default -> {
                    brackets += switch (c) {
                        case '[', '{', '(' -> 1;
                        case ']', '}', ')' -> -1;
                        default -> 0;
                    };
                    expression.append(c);
                }
            }
        }
        return expression.append(')').toString();
    }

    /** Blanks around a comma are not part of a name. */
    private static void appendBlank(StringBuilder expression, String text, int at) {
        String before = text.substring(0, at).stripTrailing();
        String after = text.substring(at).stripLeading();
        boolean aroundComma = before.isEmpty() || before.endsWith(",") || after.isEmpty() || after.startsWith(",");
        if (!aroundComma) {
            expression.append(' ');
        }
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
