package dev.millrace.source.mysql;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.config.Startup;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.snapshot.ChunkPlanner;
import dev.millrace.source.mysql.snapshot.Epoch;
import dev.millrace.source.mysql.snapshot.EpochOpening;
import dev.millrace.source.mysql.split.Chunks;
import dev.millrace.source.mysql.split.EpochMark;
import dev.millrace.source.mysql.split.TableSnapshot;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens an epoch for what was not read yet. */
final class NextEpoch {
    /** More sessions would keep the server busier than the readers. */
    private static final int MOST_SESSIONS = 8;

    private final MySqlAccess access;
    private final ServerSession session;

    /** @param session for the catalog */
    NextEpoch(MySqlAccess access, ServerSession session) {
        this.access = access;
        this.session = session;
    }

    /**
     * An epoch, and how the tables stand in it.
     *
     * @param mark      empty where no rows are to be read in it
     * @param tables    by name
     * @param begunAnew tables that were read in part and are unread again; without a log, all, so that those that share one in
     *                  the sink begin anew together
     */
    record Opened(Optional<EpochMark> mark, LogPosition position, List<TableSnapshot> tables, Set<TableId> begunAnew) {}

    /**
     * @param before how far the log was read, whose numbers the epoch goes on from; empty where none was
     * @param known  tables with what was read of them
     * @param added  tables that are new
     */
    Opened open(int number, Optional<LogPosition> before, List<TableSnapshot> known, List<MySqlTable> added) {
        List<MySqlTable> all = Stream.concat(known.stream().map(TableSnapshot::table), added.stream())
                .toList();
        if (!access.config().startup().readsTables()) {
            LogPosition place = after(new QuietPlaces(session).latest(), before);
            return new Opened(Optional.empty(), place, sorted(known, asRead(live(all), added, number)), Set.of());
        }
        List<String> unread = Stream.concat(
                        known.stream().filter(table -> !table.isComplete()).map(TableSnapshot::table), added.stream())
                .map(MySqlTable::quotedName)
                .toList();
        // Before the epoch: what readers compare with, once they have read, then stands for its state too.
        Map<TableId, MySqlTable> live = live(all);
        Epoch epoch = epoch(unread);
        try {
            LogPosition place = after(LogPosition.first(epoch.after(), epoch.place()), before);
            Opened opened = planned(mark(number, place), place, live, new Tables(known, added));
            access.epochs().open(number, epoch.readers());
            return opened;
        } catch (RuntimeException e) {
            epoch.close();
            throw e;
        }
    }

    /** Without the log, what is committed later does not matter. */
    private Epoch epoch(List<String> unread) {
        EpochOpening opening =
                new EpochOpening(access.sessions(), access.config().locking());
        int sessions = Math.min(access.context().readers(), MOST_SESSIONS);
        return access.config().startup().readsLog()
                ? new QuietPlaces(session).epoch(() -> opening.open(sessions, unread))
                : opening.open(sessions, unread);
    }

    private record Tables(List<TableSnapshot> known, List<MySqlTable> added) {}

    private Opened planned(EpochMark mark, LogPosition place, Map<TableId, MySqlTable> live, Tables tables) {
        Set<TableId> begunAnew = new HashSet<>();
        List<MySqlTable> anew = new ArrayList<>();
        List<TableSnapshot> all = new ArrayList<>();
        for (TableSnapshot table : tables.known()) {
            MySqlTable now = TrackedSchema.requireSame(table.table(), live);
            if (mustRestart(table, now)) {
                anew.add(now);
                if (!table.isUntouched() || access.config().startup() instanceof Startup.Snapshot) {
                    begunAnew.add(now.id());
                }
            } else {
                all.add(table.isComplete() ? table : table.as(now));
            }
        }
        tables.added().forEach(table -> anew.add(TrackedSchema.requireSame(table, live)));
        List<TableSnapshot> planned = new ChunkPlanner(session, access.config().chunkRows()).plan(anew);
        return new Opened(Optional.of(mark), place, sorted(all, planned), begunAnew);
    }

    /**
     * Chunks of one table may be read in different epochs where keys tell them apart and no {@code TRUNCATE} lies between.
     * Without a log to bring them together, everything has to be read in one epoch.
     */
    private boolean mustRestart(TableSnapshot table, MySqlTable now) {
        if (access.config().startup() instanceof Startup.Snapshot) {
            return true;
        }
        return !table.isComplete()
                && (table.isUntouched()
                        || !table.chunks().isKnown()
                        || !table.table()
                                .storage()
                                .created()
                                .equals(now.storage().created()));
    }

    private Map<TableId, MySqlTable> live(List<MySqlTable> tables) {
        return new CatalogReader(session)
                .read(tables.stream().map(MySqlTable::id).toList()).stream()
                        .collect(Collectors.toMap(MySqlTable::id, Function.identity()));
    }

    private EpochMark mark(int number, LogPosition place) {
        String micros = session.query("select cast(unix_timestamp(now(6)) * 1000000 as unsigned)")
                .getFirst()
                .getFirst();
        return new EpochMark(
                number,
                place.number(),
                Long.parseLong(Objects.requireNonNull(micros)),
                place.place().toString());
    }

    private static LogPosition after(LogPosition place, Optional<LogPosition> before) {
        return before.map(read -> new LogPosition(place.after(), place.place(), read.number(), read.commitMicros()))
                .orElse(place);
    }

    /** Where only the log is wanted, a new table's begins at the epoch's place. */
    private static List<TableSnapshot> asRead(Map<TableId, MySqlTable> live, List<MySqlTable> tables, int epoch) {
        List<TableSnapshot> read = tables.stream()
                .map(table -> new TableSnapshot(TrackedSchema.requireSame(table, live), Chunks.WHOLE))
                .toList();
        read.forEach(table -> table.read(0, epoch));
        return read;
    }

    private static List<TableSnapshot> sorted(List<TableSnapshot> some, List<TableSnapshot> more) {
        return Stream.concat(some.stream(), more.stream())
                .sorted(Comparator.comparing(table -> table.table().id()))
                .toList();
    }
}
