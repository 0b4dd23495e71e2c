package dev.millrace.source.mysql.history;

import dev.millrace.schema.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The captured tables as statements name them.
 *
 * @param caseMatters whether names that differ in case alone are different ones at the server
 */
record Names(List<TableId> captured, boolean caseMatters) {
    private static final Pattern PART = Pattern.compile("`((?:[^`]|``)*)`|\"((?:[^\"]|\"\")*)\"|([^.`\"\\s]+)");

    Names(Collection<TableId> captured, boolean caseMatters) {
        this(List.copyOf(captured), caseMatters);
    }

    /** Those whose name, or whose database's name, occurs in the text: no other can be concerned. */
    List<TableId> mentioned(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT);
        return captured.stream()
                .filter(table -> occurs(lower, table.name()) || occurs(lower, table.database()))
                .toList();
    }

    private static boolean occurs(String lower, String name) {
        String word = name.toLowerCase(Locale.ROOT);
        return lower.contains(word) || word.indexOf('`') >= 0 && lower.contains(word.replace("`", "``"));
    }

    /**
     * The captured table that is meant.
     *
     * @param text     with or without a database, quoted or not
     * @param database in use
     */
    Optional<TableId> of(String text, String database) {
        List<String> parts = parts(text);
        String itsDatabase = parts.size() > 1 ? parts.get(0) : database;
        String name = parts.get(parts.size() - 1);
        return captured.stream()
                .filter(table -> isSame(table.name(), name) && isSame(table.database(), itsDatabase))
                .findFirst();
    }

    List<TableId> ofDatabase(String text) {
        String name = parts(text).getFirst();
        return captured.stream().filter(table -> isSame(table.database(), name)).toList();
    }

    private boolean isSame(String one, String other) {
        return caseMatters ? one.equals(other) : one.equalsIgnoreCase(other);
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                parts.add(matcher.group(1).replace("``", "`"));
            } else if (matcher.group(2) != null) {
                parts.add(matcher.group(2).replace("\"\"", "\""));
            } else if (!matcher.group(3).equals("*")) {
                parts.add(matcher.group(3));
            }
        }
        return parts;
    }
}
