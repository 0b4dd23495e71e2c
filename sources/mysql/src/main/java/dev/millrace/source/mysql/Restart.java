package dev.millrace.source.mysql;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.log.LogOpening;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.setup.Cascades;
import dev.millrace.source.mysql.setup.LogContents;
import dev.millrace.source.mysql.setup.ServerFacts;
import dev.millrace.source.mysql.setup.ServerRequirements;
import dev.millrace.source.mysql.split.EnumeratorState;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.split.SnapshotSplit;
import dev.millrace.source.mysql.split.TableSnapshot;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.check.Requirement;
import dev.millrace.spi.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pipeline that goes on from a checkpoint: chunks that were not read yet are read in an epoch of their own. */
final class Restart {
    private final MySqlAccess access;
    private final EnumeratorState state;

    Restart(MySqlAccess access, EnumeratorState state) {
        this.access = access;
        this.state = state;
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
        try (ServerSession session = access.sessions().get()) {
            if (!access.config().startup().readsLog() && state.tables().stream().allMatch(TableSnapshot::isComplete)) {
                return finished(session, log);
            }
            ServerFacts server = ServerFacts.read(session);
            Requirement.requireNone(ServerRequirements.unmet(server));
            LogSplit now = onThisServer(session, toFollow(state, log));
            TableChoice tables = TableChoice.of(state, access.config(), session);
            if (access.config().startup().readsLog()) {
                Requirement.requireNone(LogContents.unmet(session, server, tables.captured()));
            }
            Cascades.say(session, server, tables.captured());
            Beginning.InLog inLog = new Beginning.InLog(
                    log.map(before -> now), Optional.empty(), now.target().server());
            return tables.isRead()
                    ? new Beginning(
                            tables.kept(),
                            state.epochs(),
                            Optional.empty(),
                            new Beginning.InSink(Set.of(), tables.former()),
                            inLog.until(access.end(session)))
                    : newEpoch(session, tables, now.start(), inLog);
        }
    }

    /** A snapshot alone needs nothing of the log that was. */
    private LogSplit onThisServer(ServerSession session, LogSplit log) {
        return access.config().startup().readsLog()
                ? new LogOpening(session).follow(log)
                : log.on(ServerIdentity.of(session));
    }

    /** What would be read of the log if nothing else was to be read first: tables may be ahead of where it stands. */
    static LogSplit toFollow(EnumeratorState state, Optional<LogSplit> log) {
        return log.map(before -> before.consistentAt(state.epochs().getLast()))
                .orElseGet(() -> LogSplits.of(state.server(), state.tables(), state.epochs(), Optional.empty()));
    }

    /** A snapshot without a log after it ends once: what changes at the source later is nothing to it. */
    private Beginning finished(ServerSession session, Optional<LogSplit> log) {
        return new Beginning(
                state.tables(),
                state.epochs(),
                Optional.empty(),
                new Beginning.InSink(Set.of(), state.former()),
                new Beginning.InLog(log, access.end(session), state.server()));
    }

    private void markRead(SnapshotSplit split) {
        split.pieces()
                .subList(0, split.next())
                .forEach(piece -> state.tables()
                        .get(piece.tableIndex())
                        .read(piece.chunk(), split.epoch().number()));
    }

    /** The log's end is looked up once the epoch is there: it has to lie behind it. */
    private Beginning newEpoch(ServerSession session, TableChoice tables, LogPosition reached, Beginning.InLog log) {
        NextEpoch.Opened opened = new NextEpoch(access, session)
                .open(state.epochs().size(), Optional.of(reached), tables.kept(), tables.added());
        List<LogPosition> epochs = new ArrayList<>(state.epochs());
        epochs.add(opened.position());
        Set<TableId> stale = new HashSet<>(opened.begunAnew());
        if (access.config().startup().readsTables()) {
            stale.addAll(tables.returned());
        }
        return new Beginning(
                opened.tables(),
                epochs,
                opened.mark(),
                new Beginning.InSink(stale, tables.former()),
                log.until(access.end(session)));
    }
}
