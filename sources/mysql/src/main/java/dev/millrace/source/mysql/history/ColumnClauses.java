package dev.millrace.source.mysql.history;

import dev.millrace.source.mysql.history.ColumnChange.Defined;
import dev.millrace.source.mysql.history.ColumnChange.Dropped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads from what stands behind the table's name in an {@code ALTER TABLE} what becomes of columns that were there. */
final class ColumnClauses {
    private static final Set<String> BEFORE_A_NAME = Set.of("COLUMN", "IF", "EXISTS");
    private static final Set<String> NO_COLUMN = Set.of("INDEX", "KEY", "PRIMARY", "FOREIGN", "CONSTRAINT", "CHECK");
    private static final Set<String> OF_A_TYPE = Set.of("UNSIGNED", "SIGNED", "ZEROFILL", "PRECISION");
    private static final Set<String> CHARACTERS = Set.of("CHARACTER", "CHAR");

    private ColumnClauses() {}

    /** @param texts of the tokens */
    static List<ColumnChange> of(List<String> texts) {
        List<ColumnChange> changes = new ArrayList<>();
        for (List<String> clause : split(texts)) {
            change(clause).ifPresent(changes::add);
        }
        return changes;
    }

    /** At the commas that are in no parentheses. */
    private static List<List<String>> split(List<String> texts) {
        List<List<String>> clauses = new ArrayList<>();
        List<String> clause = new ArrayList<>();
        int depth = 0;
        for (String text : texts) {
            depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
            if (depth == 0 && text.equals(",")) {
                clauses.add(clause);
                clause = new ArrayList<>();
            } else {
                clause.add(text);
            }
        }
        clauses.add(clause);
        return clauses;
    }

    private static Optional<ColumnChange> change(List<String> clause) {
        int verb = 0;
        while (verb < clause.size() && !isVerb(clause.get(verb))) {
            verb++;
        }
        int name = verb + 1;
        while (name < clause.size() && BEFORE_A_NAME.contains(upper(clause.get(name)))) {
            name++;
        }
        // MariaDB may have a time to wait before the first clause; a verb further behind belongs to something else.
        if (verb > 2 || name >= clause.size()) {
            return Optional.empty();
        }
        String column = unquoted(clause.get(name));
        return switch (upper(clause.get(verb))) {
            case "MODIFY" -> Optional.of(defined(column, clause.subList(name + 1, clause.size())));
            case "CHANGE" -> Optional.of(defined(column, clause.subList(name + 2, clause.size())));
            default ->
                NO_COLUMN.contains(upper(clause.get(name))) ? Optional.empty() : Optional.of(new Dropped(column));
        };
    }

    private static boolean isVerb(String text) {
        return switch (upper(text)) {
            case "MODIFY", "CHANGE", "DROP" -> true;
            default -> false;
        };
    }

    private static Defined defined(String column, List<String> definition) {
        List<String> words = outside(definition);
        Optional<String> characterSet = Optional.empty();
        Optional<String> after = Optional.empty();
        boolean notNull = words.contains("PRIMARY");
        for (int i = 0; i + 1 < words.size(); i++) {
            String next = words.get(i + 1);
            switch (words.get(i)) {
                case "NOT" -> notNull |= next.equals("NULL");
                case "CHARSET" -> characterSet = Optional.of(unquoted(next).toLowerCase(Locale.ROOT));
                case "SET" -> {
                    if (i > 0 && CHARACTERS.contains(words.get(i - 1))) {
                        characterSet = Optional.of(unquoted(next).toLowerCase(Locale.ROOT));
                    }
                }
                case "AFTER" -> after = Optional.of(unquoted(next));
                default -> {}
            }
        }
        if (!words.isEmpty() && words.getLast().equals("FIRST")) {
            after = Optional.of("");
        }
        boolean generated = words.contains("AS") || words.contains("GENERATED");
        return new Defined(column, TypeText.of(type(definition)), characterSet, notNull, generated, after);
    }

    /** What is in no parentheses, in upper case where it is not quoted. */
    private static List<String> outside(List<String> texts) {
        List<String> words = new ArrayList<>();
        int depth = 0;
        for (String text : texts) {
            depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
            if (depth == 0 && !text.equals(")")) {
                words.add(text.startsWith("`") || text.startsWith("\"") ? text : upper(text));
            }
        }
        return words;
    }

    private static String type(List<String> definition) {
        StringBuilder type = new StringBuilder(definition.isEmpty() ? "" : definition.getFirst());
        int at = 1;
        if (at < definition.size() && definition.get(at).equals("(")) {
            int end = definition.indexOf(")");
            type.append(String.join("", definition.subList(at, end + 1)));
            at = end + 1;
        }
        while (at < definition.size() && OF_A_TYPE.contains(upper(definition.get(at)))) {
            type.append(' ').append(definition.get(at));
            at++;
        }
        return type.toString();
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static String unquoted(String text) {
        for (String quote : List.of("`", "\"")) {
            if (text.length() > 1 && text.startsWith(quote) && text.endsWith(quote)) {
                return text.substring(1, text.length() - 1).replace(quote + quote, quote);
            }
        }
        return text;
    }
}
