package dev.millrace.source.mysql;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.config.MySqlConfig;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.setup.TableRequirements;
import dev.millrace.source.mysql.split.EnumeratorState;
import dev.millrace.source.mysql.split.TableSnapshot;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.check.Requirement;
import dev.millrace.source.relational.config.TablePatterns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that are meant now, against those of the state: the file's patterns or the database may have changed.
 *
 * @param kept     meant before and now
 * @param added    meant now and not known to the state; or known of old, taken out, and meant again
 * @param returned those of the added of which the sink may hold rows of old
 * @param former   taken out, now or before, and not meant
 */
record TableChoice(List<TableSnapshot> kept, List<MySqlTable> added, Set<TableId> returned, Set<TableId> former) {
    private static final Logger LOG = LoggerFactory.getLogger(TableChoice.class);

    /** @throws MillraceException where a table that is meant is gone or another, or a new one can't be captured */
    static TableChoice of(EnumeratorState state, MySqlConfig config, ServerSession session) {
        TablePatterns patterns = config.tables();
        Map<TableId, MySqlTable> live = new CatalogReader(session)
                .read(patterns::match).stream().collect(Collectors.toMap(MySqlTable::id, Function.identity()));
        List<TableSnapshot> kept = state.tables().stream()
                .filter(each -> patterns.match(each.table().id()))
                .toList();
        requireThere(kept, live);
        kept.forEach(each -> TrackedSchema.requireSame(each.table(), live));
        Set<TableId> before =
                state.tables().stream().map(each -> each.table().id()).collect(Collectors.toSet());
        List<MySqlTable> added = live.values().stream()
                .filter(table -> !before.contains(table.id()))
                .toList();
        Requirement.requireNone(new TableRequirements(config).unmet(added));
        Set<TableId> left = new HashSet<>(before);
        left.removeIf(patterns::match);
        if (kept.isEmpty() && added.isEmpty()) {
            throw new MillraceException(
                    MySqlError.TABLES,
                    "'tables' matches no table any more; the pipeline has read " + names(left) + ".",
                    "Correct 'tables', or end the pipeline with 'cdc drop'.");
        }
        say(added, left);
        Set<TableId> addedNames = added.stream().map(MySqlTable::id).collect(Collectors.toSet());
        return new TableChoice(
                kept,
                added,
                addedNames.stream().filter(state.former()::contains).collect(Collectors.toSet()),
                Stream.concat(state.former().stream(), left.stream())
                        .filter(id -> !addedNames.contains(id))
                        .collect(Collectors.toSet()));
    }

    private static void requireThere(List<TableSnapshot> kept, Map<TableId, MySqlTable> live) {
        List<TableId> gone = kept.stream()
                .map(each -> each.table().id())
                .filter(id -> !live.containsKey(id))
                .toList();
        if (!gone.isEmpty()) {
            throw new MillraceException(
                    MySqlError.SCHEMA,
                    (gone.size() == 1 ? "Table " + gone.getFirst() + " is gone" : "Tables are gone: " + names(gone))
                            + " (dropped or renamed, or the user may no longer see it).",
                    "To go on without what is gone, name it in 'tables.exclude': its table in the sink stays as it is.");
        }
    }

    private static void say(List<MySqlTable> added, Set<TableId> left) {
        if (!added.isEmpty()) {
            LOG.info(
                    "New in 'tables', and read from now on: {}",
                    names(added.stream().map(MySqlTable::id).toList()));
        }
        if (!left.isEmpty()) {
            LOG.info("No longer in 'tables', and not read any more: {}; the sink's tables stay", names(left));
        }
    }

    private static String names(Iterable<TableId> tables) {
        List<String> names = new ArrayList<>();
        tables.forEach(table -> names.add(table.toString()));
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    /** All that are read from now on. */
    Set<TableId> captured() {
        return Stream.concat(kept.stream().map(TableSnapshot::table), added.stream())
                .map(MySqlTable::id)
                .collect(Collectors.toSet());
    }

    /** Whether there is nothing to be read but the log. */
    boolean isRead() {
        return added.isEmpty() && kept.stream().allMatch(TableSnapshot::isComplete);
    }
}
