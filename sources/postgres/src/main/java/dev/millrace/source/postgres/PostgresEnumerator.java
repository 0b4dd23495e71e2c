package dev.millrace.source.postgres;

import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.config.PostgresConfig;
import dev.millrace.source.postgres.config.StartupMode;
import dev.millrace.source.postgres.split.Chunks;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.postgres.split.SkipRules;
import dev.millrace.source.postgres.split.SnapshotSplit;
import dev.millrace.source.postgres.split.TableSkips;
import dev.millrace.source.postgres.split.TableSnapshot;
import dev.millrace.source.postgres.types.TableDecoder;
import dev.millrace.source.relational.progress.SnapshotProgress;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.VersionedBytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the chunks of the snapshot, then, when all of them were emitted, the log to one reader.
 */
final class PostgresEnumerator implements SplitEnumerator {
    private final PostgresConfig config;
    private final Beginning beginning;
    private final SnapshotProgress progress;
    private final SnapshotCourse course;
    private final FirstMade made;
    private @Nullable LogSplit log;
    private boolean logHandedOut;
    private boolean logFinished;
    /** As it was last asked for; while the log is read, nothing changes it. */
    private @Nullable VersionedBytes state;

    PostgresEnumerator(
            PostgresConfig config,
            Beginning beginning,
            SnapshotCourse course,
            SnapshotProgress progress,
            FirstMade made) {
        this.made = made;
        this.config = config;
        this.beginning = beginning;
        this.course = course;
        this.progress = progress;
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
            changes.add(
                    new SchemaChange.CreateTable(TableDecoder.of(table.table()).schema()));
            if (beginning.sink().stale().contains(table.table().id())) {
                changes.add(new SchemaChange.TruncateTable(table.table().id()));
            }
        }
        return changes;
    }

    /** Without a log everything begins anew, and together; with one, only what its pages alone divide. */
    @Override
    public Set<TableId> readInOnePiece() {
        return config.startup() == StartupMode.SNAPSHOT
                ? Set.of()
                : beginning.tables().stream()
                        .filter(table -> !table.isComplete()
                                && table.chunks() instanceof Chunks.ByPages pages
                                && pages.count() > 1)
                        .map(table -> table.table().id())
                        .collect(Collectors.toSet());
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
        if (logHandedOut || logFinished || config.startup() == StartupMode.SNAPSHOT) {
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
        made.keep();
        VersionedBytes known = state;
        if (known == null) {
            known = new EnumeratorState(
                            new EnumeratorState.Origin(
                                    config.slot(),
                                    config.publication(),
                                    beginning.log().history(),
                                    beginning.log().published()),
                            course.tables(),
                            course.places(),
                            Optional.ofNullable(log),
                            beginning.sink().former())
                    .toBytes();
            state = known;
        }
        return known;
    }

    /** A new epoch brings rules of its own; without one, tables can only have become fewer. */
    private boolean isStillTarget(LogSplit before) {
        return beginning.epoch().isEmpty()
                && before.target().tables().size() == beginning.tables().size();
    }

    private LogSplit newLog() {
        List<PgTable> tables =
                course.tables().stream().map(TableSnapshot::table).toList();
        Map<Integer, TableSkips> skips = new HashMap<>();
        for (TableSnapshot table : course.tables()) {
            table.skips(course.places())
                    .ifPresent(rule -> skips.put(table.table().oid(), rule));
        }
        return new LogSplit(
                log == null ? course.places().getFirst() : log.startPlace(),
                course.end(),
                Collections.max(course.places(), Long::compareUnsigned),
                LogSplit.Target.of(
                        config.slot(),
                        config.publication(),
                        beginning.log().published(),
                        tables,
                        new SkipRules(skips)));
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
