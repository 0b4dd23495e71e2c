package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.config.PostgresConfig;
import dev.millrace.source.postgres.config.StartupMode;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.log.LogHead;
import dev.millrace.source.postgres.setup.ExportedSnapshot;
import dev.millrace.source.postgres.setup.PublicationEntries;
import dev.millrace.source.postgres.setup.Publications;
import dev.millrace.source.postgres.setup.RowSecurity;
import dev.millrace.source.postgres.setup.ServerFacts;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.postgres.split.Published;
import dev.millrace.source.postgres.split.ServerHistory;
import dev.millrace.source.postgres.split.SnapshotSplit;
import dev.millrace.source.postgres.split.TableSnapshot;
import dev.millrace.source.relational.check.Requirement;
import dev.millrace.spi.Split;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A pipeline that goes on from a checkpoint: chunks that were not read yet are read in an epoch of their own. */
final class Restart {
    private final PostgresConfig config;
    private final String pipeline;
    private final Sessions sessions;
    private final EnumeratorState state;
    private final boolean untilCaughtUp;

    Restart(PostgresConfig config, String pipeline, Sessions sessions, EnumeratorState state, boolean untilCaughtUp) {
        this.config = config;
        this.pipeline = pipeline;
        this.sessions = sessions;
        this.state = state;
        this.untilCaughtUp = untilCaughtUp;
    }

    /** @param unfinished the splits that readers held */
    Beginning begin(List<Split> unfinished) {
        Optional<LogSplit> log = unfinished.stream()
                .filter(LogSplit::isLog)
                .map(LogSplit::of)
                .findFirst()
                .or(state::log);
        unfinished.stream()
                .filter(split -> !LogSplit.isLog(split))
                .map(SnapshotSplit::of)
                .forEach(this::markRead);
        if (config.startup() != StartupMode.SNAPSHOT) {
            requireName("slot.name", state.slot(), config.slot());
            requireName("publication.name", state.publication(), config.publication());
        }
        try (Connection connection = sessions.sql("set-up")) {
            if (config.startup() == StartupMode.SNAPSHOT && isComplete(state.tables())) {
                return finished(connection, log);
            }
            ServerHistory history = history(connection, log);
            TableChoice tables = TableChoice.of(state, config.tables(), connection);
            if (config.startup() != StartupMode.SNAPSHOT) {
                requireSlot(
                        connection,
                        log.map(LogSplit::startPlace).orElse(state.places().getFirst()));
                new Publications(connection, ServerFacts.read(connection), state.publication(), pipeline)
                        .follow(tables.before(), tables.published());
            }
            Beginning.InLog inLog =
                    new Beginning.InLog(log, Optional.empty(), Optional.of(history), published(connection, tables));
            return isComplete(tables.kept()) && tables.added().isEmpty()
                    ? new Beginning(
                            tables.kept(),
                            state.places(),
                            Optional.empty(),
                            new Beginning.InSink(Set.of(), tables.former()),
                            inLog.until(LogHead.end(connection, untilCaughtUp)))
                    : newEpoch(connection, tables, inLog);
        } catch (SQLException e) {
            throw PostgresFailure.during("going on from the last checkpoint", e);
        }
    }

    /** Ours has just been brought to the tables, which changes nothing for those that it held. */
    private Optional<Published> published(Connection connection, TableChoice tables) throws SQLException {
        if (config.startup() == StartupMode.SNAPSHOT) {
            return Optional.empty();
        }
        PublicationEntries entries = new PublicationEntries(connection, state.publication());
        List<PgTable> all = new ArrayList<>(tables.before());
        all.addAll(tables.added());
        Optional<Published> now = entries.look(all).published();
        state.origin().published().ifPresent(before -> entries.requireSame(before, now, tables.before()));
        return now;
    }

    /** Everything that was read must still be in the server's past, the states of the database under which tables were read among it. */
    private ServerHistory history(Connection connection, Optional<LogSplit> log) throws SQLException {
        long read = Stream.concat(state.places().stream(), log.map(LogSplit::startPlace).stream())
                .max(Long::compareUnsigned)
                .orElse(0L);
        HistoryCheck check = new HistoryCheck(sessions);
        Optional<ServerHistory> before = state.origin().history();
        if (before.isPresent()) {
            return check.requireSame(connection, before.get(), read);
        }
        check.requireGrown(connection, read);
        return check.read();
    }

    /** A snapshot without a log after it ends once: what changes at the source later is nothing to it. */
    private Beginning finished(Connection connection, Optional<LogSplit> log) throws SQLException {
        return new Beginning(
                state.tables(),
                state.places(),
                Optional.empty(),
                new Beginning.InSink(Set.of(), state.former()),
                new Beginning.InLog(
                        log,
                        LogHead.end(connection, untilCaughtUp),
                        state.origin().history(),
                        state.origin().published()));
    }

    private static boolean isComplete(List<TableSnapshot> tables) {
        return tables.stream().allMatch(TableSnapshot::isComplete);
    }

    private void markRead(SnapshotSplit split) {
        split.pieces()
                .subList(0, split.next())
                .forEach(piece -> state.tables()
                        .get(piece.tableIndex())
                        .read(piece.chunk(), split.epoch().number()));
    }

    /** Under another name the log would have a gap, and the slot that is left behind would fill the server's disk. */
    private static void requireName(String key, String before, String now) {
        if (!before.equals(now)) {
            throw new MillraceException(
                    PostgresError.RENAMED,
                    "'" + key + "' is " + now + ", and this pipeline reads by " + before + " according to its state.",
                    "Write '" + key + ": " + before
                            + "' (without the key the name follows from the pipeline's). To begin"
                            + " anew under another name, 'cdc drop' first: it removes what the state names.");
        }
    }

    private void requireSlot(Connection connection, long place) throws SQLException {
        Slots.Slot slot = new Slots(sessions, state.slot()).find(connection).orElseThrow(() -> lost("is gone", place));
        Requirement.requireNone(SlotRequirements.unmet(slot, config.server().database()));
        if (Long.compareUnsigned(slot.confirmedPlace(), place) > 0) {
            throw lost("was moved on by somebody else to " + Slots.text(slot.confirmedPlace()), place);
        }
    }

    private MillraceException lost(String what, long place) {
        return new MillraceException(
                PostgresError.SLOT_LOST,
                "Replication slot " + state.slot() + " " + what + "; the pipeline has read up to " + Slots.text(place)
                        + ": changes since then are lost.",
                "Drop the pipeline ('cdc drop'),"
                        + " remove its tables from the sink and start anew: the tables have to be read again.");
    }

    private void requireAllRows(Connection connection, TableChoice tables) throws SQLException {
        if (config.startup().readsTables()) {
            List<PgTable> unread = new ArrayList<>(tables.added());
            tables.kept().stream()
                    .filter(table -> !table.isComplete())
                    .map(TableSnapshot::table)
                    .forEach(unread::add);
            Requirement.requireNone(RowSecurity.unmet(connection, ServerFacts.read(connection), unread));
        }
    }

    /** The log's end is looked up once the epoch is there: it has to lie behind it. */
    private Beginning newEpoch(Connection connection, TableChoice tables, Beginning.InLog log) throws SQLException {
        requireAllRows(connection, tables);
        ExportedSnapshot exported = new Slots(sessions, state.slot()).snapshot();
        NextEpoch.Opened opened =
                new NextEpoch(config, sessions).open(exported, state.places().size(), tables.kept(), tables.added());
        try {
            List<Long> places = new ArrayList<>(state.places());
            places.add(exported.place());
            Set<TableId> stale = new HashSet<>(tables.returned());
            stale.addAll(opened.begunAnew());
            return new Beginning(
                    opened.tables(),
                    places,
                    Optional.of(opened.epoch()),
                    new Beginning.InSink(stale, tables.former()),
                    log.until(LogHead.end(connection, untilCaughtUp)));
        } catch (SQLException | RuntimeException e) {
            exported.close();
            throw e;
        }
    }
}
