package dev.millrace.source.mysql;

import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.split.EnumeratorState;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.split.SnapshotSplit;
import dev.millrace.source.mysql.split.TableSnapshot;
import dev.millrace.source.relational.progress.SnapshotProgress;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.VersionedBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hands out the chunks of the snapshot, then, when all of them were emitted, the log to one reader. */
final class MySqlEnumerator implements SplitEnumerator {
    private final MySqlAccess access;
    private final Beginning beginning;
    private final SnapshotProgress progress;
    private final SnapshotCourse course;
    private @Nullable LogSplit log;
    private boolean logHandedOut;
    private boolean logFinished;
    /** As it was last asked for; while the log is read, nothing changes it. */
    private @Nullable VersionedBytes state;

    MySqlEnumerator(MySqlAccess access, Beginning beginning, SnapshotProgress progress) {
        this.access = access;
        this.beginning = beginning;
        this.progress = progress;
        this.course = new SnapshotCourse(access, beginning);
        this.log = beginning
                .log()
                .split()
                .map(found -> found.until(beginning.log().end()))
                .orElse(null);
        expect();
    }

    @Override
    public List<SchemaChange> openingChanges() {
        List<SchemaChange> changes = new ArrayList<>();
        for (TableSnapshot table : beginning.tables()) {
            TableId id = table.table().id();
            changes.add(new SchemaChange.CreateTable(
                    TableDecoder.schema(table.table(), access.config().types())));
            if (beginning.sink().stale().contains(id)) {
                changes.add(new SchemaChange.TruncateTable(id));
            }
        }
        return changes;
    }

    /** Without a log everything begins anew, and together; with one, only what the server's own order alone divides. */
    @Override
    public Set<TableId> readInOnePiece() {
        return readsLog()
                ? beginning.tables().stream()
                        .filter(table -> !table.isComplete() && !table.chunks().isKnown())
                        .map(table -> table.table().id())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    @Override
    public Assignment next(int reader) {
        Optional<SnapshotSplit> chunk = course.next();
        if (chunk.isPresent()) {
            state = null;
            return new Assignment.Read(chunk.get().toSplit());
        }
        if (!course.hasEnded()) {
            return new Assignment.Wait();
        }
        course.close();
        if (logHandedOut || logFinished || !readsLog()) {
            return new Assignment.Done();
        }
        LogSplit next = log != null && isStillTarget(log) ? log : newLog();
        log = null;
        state = null;
        logHandedOut = true;
        return new Assignment.Read(next.toSplit());
    }

    @Override
    public void finished(Split split) {
        state = null;
        if (LogSplit.isLog(split)) {
            log = LogSplit.of(split);
            logFinished = true;
            return;
        }
        course.finished(SnapshotSplit.of(split));
        progress.tablesDone(tablesDone());
    }

    @Override
    public VersionedBytes state() {
        VersionedBytes known = state;
        if (known == null) {
            known = new EnumeratorState(
                            beginning.log().server(),
                            course.tables(),
                            course.epochs(),
                            Optional.ofNullable(log),
                            beginning.sink().former())
                    .toBytes();
            state = known;
        }
        return known;
    }

    private boolean readsLog() {
        return access.config().startup().readsLog();
    }

    /** A new epoch brings rules of its own, as do other tables. */
    private boolean isStillTarget(LogSplit before) {
        return beginning.epoch().isEmpty()
                && ids(before.target().tables().stream())
                        .equals(ids(beginning.tables().stream().map(TableSnapshot::table)));
    }

    private static Set<TableId> ids(Stream<MySqlTable> tables) {
        return tables.map(MySqlTable::id).collect(Collectors.toSet());
    }

    private LogSplit newLog() {
        LogSplit anew = LogSplits.of(beginning.log().server(), course.tables(), course.epochs(), course.end());
        return log == null ? anew : anew.at(log.start());
    }

    private void expect() {
        boolean snapshot = beginning.epoch().isPresent();
        long rows = beginning.tables().stream()
                .mapToLong(table -> table.table().estimatedRows())
                .sum();
        progress.expect(snapshot ? beginning.tables().size() : 0, snapshot ? rows : 0);
        progress.tablesDone(snapshot ? tablesDone() : 0);
    }

    private int tablesDone() {
        return (int) course.tables().stream().filter(TableSnapshot::isComplete).count();
    }

    @Override
    public void close() {
        course.close();
    }
}
