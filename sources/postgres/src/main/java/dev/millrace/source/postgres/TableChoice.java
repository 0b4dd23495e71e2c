package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.CatalogReader;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.TableRequirements;
import dev.millrace.source.postgres.setup.VirtualColumns;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.source.postgres.split.TableSnapshot;
import dev.millrace.source.relational.check.Requirement;
import dev.millrace.source.relational.config.TablePatterns;
import java.sql.Connection;
import java.sql.SQLException;
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
 * @param leaving  known to the state and no longer meant, as far as they are still there
 * @param returned those of the added of which the sink may hold rows of old
 * @param former   taken out, now or before, and not meant
 */
record TableChoice(
        List<TableSnapshot> kept,
        List<PgTable> added,
        List<PgTable> leaving,
        Set<TableId> returned,
        Set<TableId> former) {
    private static final Logger LOG = LoggerFactory.getLogger(TableChoice.class);

    /** @throws MillraceException where a table that is meant is gone or another, or a new one can't be captured */
    static TableChoice of(EnumeratorState state, TablePatterns patterns, Connection connection) throws SQLException {
        Map<TableId, TableSnapshot> before = state.tables().stream()
                .collect(Collectors.toMap(each -> each.table().id(), Function.identity()));
        Map<TableId, PgTable> live = new CatalogReader(connection)
                .read(id -> patterns.match(id) || before.containsKey(id)).stream()
                        .collect(Collectors.toMap(PgTable::id, Function.identity()));
        List<TableSnapshot> kept = state.tables().stream()
                .filter(each -> patterns.match(each.table().id()))
                .toList();
        requireThere(kept, live);
        kept.forEach(each -> TrackedSchema.requireSame(each.table(), live));
        List<PgTable> added = live.values().stream()
                .filter(table -> patterns.match(table.id()) && !before.containsKey(table.id()))
                .toList();
        requireCapturable(added, connection);
        Set<TableId> left = new HashSet<>(before.keySet());
        left.removeIf(patterns::match);
        if (kept.isEmpty() && added.isEmpty()) {
            throw new MillraceException(
                    PostgresError.TABLES,
                    "'tables' matches no table any more; the pipeline has read " + names(left) + ".",
                    "Correct 'tables', or end the pipeline with 'cdc drop'.");
        }
        say(added, left);
        return new TableChoice(
                kept,
                added,
                live.values().stream()
                        .filter(table -> left.contains(table.id()))
                        .toList(),
                added.stream().map(PgTable::id).filter(state.former()::contains).collect(Collectors.toSet()),
                Stream.concat(state.former().stream(), left.stream())
                        .filter(id ->
                                added.stream().noneMatch(table -> table.id().equals(id)))
                        .collect(Collectors.toSet()));
    }

    private static void requireThere(List<TableSnapshot> kept, Map<TableId, PgTable> live) {
        List<TableId> gone = kept.stream()
                .map(each -> each.table().id())
                .filter(id -> !live.containsKey(id))
                .toList();
        if (!gone.isEmpty()) {
            throw new MillraceException(
                    PostgresError.SCHEMA,
                    (gone.size() == 1 ? "Table " + gone.getFirst() + " is gone" : "Tables are gone: " + names(gone))
                            + " (dropped, renamed, or a partition of another captured table now).",
                    "To go on without what is gone, name it in 'tables.exclude': its table in the sink stays as it is.");
        }
    }

    private static void requireCapturable(List<PgTable> added, Connection connection) throws SQLException {
        List<Requirement> unmet = new ArrayList<>();
        added.forEach(table -> unmet.addAll(TableRequirements.unmet(table)));
        unmet.addAll(VirtualColumns.unmet(connection, added));
        Requirement.requireNone(unmet);
    }

    private static void say(List<PgTable> added, Set<TableId> left) {
        if (!added.isEmpty()) {
            LOG.info(
                    "New in 'tables', and read from now on: {}",
                    names(added.stream().map(PgTable::id).toList()));
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

    /** As they were when their reading began. */
    List<PgTable> before() {
        return kept.stream().map(TableSnapshot::table).toList();
    }

    /** A table that leaves is published until the state has forgotten it: this start may fail, and the next one name it again. */
    List<PgTable> published() {
        return Stream.of(before(), added, leaving).flatMap(List::stream).toList();
    }
}
