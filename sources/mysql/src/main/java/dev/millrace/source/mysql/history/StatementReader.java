package dev.millrace.source.mysql.history;

import dev.millrace.schema.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Says what statements of the log do to captured tables. Confined to one thread. */
public final class StatementReader {
    /** What servers of a version, or of a kind, take for no comment. */
    private static final Pattern CONDITIONAL = Pattern.compile("/\\*M?!\\d*(.*?)\\*/", Pattern.DOTALL);

    /** Words of statements after which rows may be others without a change of the table's shape. */
    private static final Pattern ROWS = Pattern.compile(
            "\\b(truncate|partition|tablespace|replace|insert|update|delete|load|call|import"
                    + "|drop|rename|modify|change|ignore|blackhole)\\b",
            Pattern.CASE_INSENSITIVE);

    private final Names names;
    private final Grammar grammar;

    /** @param caseMatters whether names of tables that differ in case alone are different ones at the server */
    public StatementReader(Collection<TableId> captured, boolean caseMatters, boolean isMariaDb) {
        this.names = new Names(captured, caseMatters);
        this.grammar = isMariaDb ? Grammar.MARIADB : Grammar.MYSQL;
    }

    /**
     * The effects in their order; none where no captured table is concerned.
     *
     * @param database in use when the statement ran, perhaps empty
     */
    public List<TableEffect> read(String sql, String database) {
        String statement = CONDITIONAL.matcher(sql).replaceAll(" $1 ");
        List<TableId> mentioned = names.mentioned(statement);
        if (mentioned.isEmpty()) {
            return List.of();
        }
        try {
            return new StatementTree(grammar.parse(statement), names, database).effects();
        } catch (ParseCancellationException e) {
            return unclear(statement, mentioned, String.valueOf(e.getMessage()));
        }
    }

    /** A look at the catalog says whether a table's shape is what it was, but nothing of its rows. */
    private static List<TableEffect> unclear(String statement, List<TableId> mentioned, String why) {
        List<TableEffect> effects = new ArrayList<>();
        boolean aboutRows = ROWS.matcher(statement).find();
        for (TableId table : mentioned) {
            boolean isNamed =
                    statement.toLowerCase(Locale.ROOT).contains(table.name().toLowerCase(Locale.ROOT));
            if (isNamed) {
                effects.add(
                        aboutRows
                                ? new TableEffect.RowsChanged(table, "a statement that can't be read (" + why + ")")
                                : new TableEffect.Unclear(table, why));
            }
        }
        return effects;
    }
}
