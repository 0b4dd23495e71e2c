package dev.millrace.source.mysql;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.split.SkipRules;
import dev.millrace.source.mysql.split.TableSkips;
import dev.millrace.source.mysql.split.TableSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be read of the log after tables were read. */
final class LogSplits {
    private LogSplits() {}

    /**
     * From the first epoch on, with rules for what later epochs contain.
     *
     * @param epochs their positions, by number
     */
    static LogSplit of(
            ServerIdentity server, List<TableSnapshot> tables, List<LogPosition> epochs, Optional<LogPosition> end) {
        Map<TableId, TableSkips> skips = new HashMap<>();
        for (TableSnapshot table : tables) {
            if (table.isComplete()) {
                table.skips().ifPresent(rule -> skips.put(table.table().id(), rule));
            }
        }
        Map<Integer, LogPosition> byNumber = new HashMap<>();
        for (int number = 0; number < epochs.size(); number++) {
            byNumber.put(number, epochs.get(number));
        }
        return new LogSplit(
                epochs.getFirst(),
                end,
                epochs.getLast(),
                LogSplit.Target.of(
                        server,
                        tables.stream().map(TableSnapshot::table).toList(),
                        new SkipRules(skips),
                        skips.isEmpty() ? Map.of() : byNumber));
    }
}
