package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.event.LogEvent;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.history.StatementReader;
import dev.millrace.source.mysql.history.TableEffect;
import dev.millrace.source.mysql.types.TextForms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What statements of the log mean for what is read. Following a schema change would begin here. */
final class StatementEffects {
    private static final int LONGEST_SHOWN = 200;
    private static final String UNDO =
            "Nothing of what follows was kept. Undo the change at the source and start again, or drop the pipeline ('cdc drop'),"
                    + " remove its tables from the sink and start anew.";
    private static final String START_ANEW =
            "Nothing of what follows was kept. What the rows are now is not in the log, and undoing the change does not bring"
                    + " it there: drop the pipeline ('cdc drop'), remove its tables from the sink and start anew.";

    private final StatementReader reader;
    private final TextForms texts;
    private final LiveTables live;

    StatementEffects(StatementReader reader, TextForms texts, LiveTables live) {
        this.reader = reader;
        this.texts = texts;
        this.live = live;
    }

    /**
     * The captured tables that the statement empties.
     *
     * @param contained tables whose snapshot was read after the statement
     * @throws MillraceException where it changes a captured table in a way that can't be followed
     */
    List<TableId> truncatedBy(LogEvent.Statement statement, Transaction current, Predicate<TableId> contained) {
        String sql = text(statement);
        List<TableId> truncated = new ArrayList<>();
        for (TableEffect effect : reader.read(sql, statement.database())) {
            if (contained.test(effect.table())) {
                continue;
            }
            switch (effect) {
                case TableEffect.Truncated whole -> truncated.add(whole.table());
                case TableEffect.Replaced replaced ->
                    throw refused(replaced.table() + " " + replaced.how(), sql, current, UNDO);
                case TableEffect.RowsChanged changed ->
                    throw refused(
                            "Rows of " + changed.table() + " were changed " + changed.how(), sql, current, START_ANEW);
                case TableEffect.Altered altered -> {
                    requireSameRows(altered, sql, current);
                    requireSame(altered.table(), sql, current);
                }
                case TableEffect.Unclear unclear -> requireSame(unclear.table(), sql, current);
            }
        }
        return truncated;
    }

    private void requireSameRows(TableEffect.Altered altered, String sql, Transaction current) {
        live.rewritten(altered.table(), altered.columns()).ifPresent(change -> {
            throw refused("Table " + altered.table() + " was changed: " + change, sql, current, START_ANEW);
        });
    }

    private void requireSame(TableId table, String sql, Transaction current) {
        live.difference(table).ifPresent(difference -> {
            throw refused("Table " + table + " was changed: " + difference, sql, current, UNDO);
        });
    }

    private String text(LogEvent.Statement statement) {
        return texts.ofCollation(statement.collation())
                .map(form -> new String(form.toUtf8(statement.text()), StandardCharsets.UTF_8))
                .orElseGet(() -> new String(statement.text(), StandardCharsets.UTF_8));
    }

    private static MillraceException refused(String what, String sql, Transaction current, String next) {
        String shown = sql.length() <= LONGEST_SHOWN ? sql : sql.substring(0, LONGEST_SHOWN) + "…";
        return new MillraceException(
                MySqlError.SCHEMA, what + ", at " + current.logged().begin() + " by the statement: " + shown, next);
    }
}
