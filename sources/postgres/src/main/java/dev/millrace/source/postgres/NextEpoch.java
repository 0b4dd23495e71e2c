package dev.millrace.source.postgres;

import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.Beginning.OpenEpoch;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.PgTable.Storage;
import dev.millrace.source.postgres.config.PostgresConfig;
import dev.millrace.source.postgres.config.StartupMode;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.ExportedSnapshot;
import dev.millrace.source.postgres.split.Chunks;
import dev.millrace.source.postgres.split.TableSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens an epoch for what was not read in those before. */
final class NextEpoch {
    private final PostgresConfig config;
    private final Sessions sessions;

    NextEpoch(PostgresConfig config, Sessions sessions) {
        this.config = config;
        this.sessions = sessions;
    }

    /**
     * An epoch, and how the tables stand in it.
     *
     * @param tables    by name
     * @param begunAnew tables that were read in part and are unread again; without a log, all, so that those that share one in
     *                  the sink begin anew together
     */
    record Opened(OpenEpoch epoch, List<TableSnapshot> tables, Set<TableId> begunAnew) {}

    /**
     * Takes over the snapshot, also where this fails.
     *
     * @param known tables with what was read of them
     * @param added tables that are new
     */
    Opened open(ExportedSnapshot exported, int number, List<TableSnapshot> known, List<PgTable> added) {
        Set<TableId> names = Stream.concat(known.stream().map(TableSnapshot::table), added.stream())
                .map(PgTable::id)
                .collect(Collectors.toSet());
        try (SnapshotOpening opening = SnapshotOpening.open(sessions, exported, number, names)) {
            Set<TableId> begunAnew = new HashSet<>();
            List<PgTable> anew = new ArrayList<>();
            List<TableSnapshot> all = new ArrayList<>();
            for (TableSnapshot table : known) {
                PgTable now = TrackedSchema.requireSame(table.table(), opening.tables());
                if (mustRestart(table, now)) {
                    anew.add(now);
                    if (!table.isUntouched() || config.startup() == StartupMode.SNAPSHOT) {
                        begunAnew.add(now.id());
                    }
                } else {
                    all.add(table.isComplete() ? table : table.as(now));
                }
            }
            added.forEach(table -> anew.add(TrackedSchema.requireSame(table, opening.tables())));
            all.addAll(config.startup().readsTables() ? opening.plan(anew, config.chunkRows()) : asRead(anew, number));
            all.sort(Comparator.comparing(table -> table.table().id()));
            return new Opened(new OpenEpoch(opening.epoch(), exported), all, begunAnew);
        } catch (RuntimeException e) {
            exported.close();
            throw e;
        }
    }

    /** Where only the log is wanted, a new table's begins at the epoch's place. */
    private static List<TableSnapshot> asRead(List<PgTable> tables, int epoch) {
        List<TableSnapshot> read = tables.stream()
                .map(table -> new TableSnapshot(table, Chunks.WHOLE))
                .toList();
        read.forEach(table -> table.read(0, epoch));
        return read;
    }

    /**
     * Chunks of one table may be read in different epochs where keys tell them apart and no {@code TRUNCATE} lies between.
     * Without a log to bring them together, everything has to be read in one epoch.
     */
    private boolean mustRestart(TableSnapshot table, PgTable now) {
        if (config.startup() == StartupMode.SNAPSHOT) {
            return true;
        }
        return !table.isComplete()
                && (table.isUntouched()
                        || table.chunks() instanceof Chunks.ByPages
                        || !files(table.table()).equals(files(now)));
    }

    private static Map<Integer, Long> files(PgTable table) {
        return table.storage().stream().collect(Collectors.toMap(Storage::oid, Storage::fileNode));
    }
}
