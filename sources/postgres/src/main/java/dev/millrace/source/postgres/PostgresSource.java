package dev.millrace.source.postgres;

import dev.millrace.schema.Schema;
import dev.millrace.source.postgres.catalog.CatalogReader;
import dev.millrace.source.postgres.config.PostgresConfig;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.log.LogReader;
import dev.millrace.source.postgres.snapshot.SnapshotReader;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.postgres.types.TableDecoder;
import dev.millrace.source.relational.KnownServers;
import dev.millrace.source.relational.SwitchingReader;
import dev.millrace.source.relational.progress.LogProgress;
import dev.millrace.source.relational.progress.SnapshotProgress;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Describable;
import dev.millrace.spi.Droppable;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.SourceProgress;
import dev.millrace.spi.SourceProgress.Phase;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL database, or the tables of it that the pipeline names. */
final class PostgresSource implements Source, Checkable, Describable, Droppable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSource.class);

    private final PostgresConfig config;
    private final SourceContext context;
    private final KnownServers servers;
    private final Sessions sessions;
    private final SnapshotProgress snapshot = new SnapshotProgress();
    private final LogProgress log = new LogProgress();
    private final FirstMade made;
    private volatile boolean opened;

    PostgresSource(PostgresConfig config, SourceContext context, KnownServers servers) {
        this.config = config;
        this.servers = servers;
        this.context = context;
        this.sessions = new Sessions(config.server(), context.pipeline().name());
        this.made = new FirstMade(config, context.pipeline().name(), sessions);
    }

    @Override
    public SplitEnumerator openEnumerator(Optional<VersionedBytes> restored, List<Split> unfinished) {
        boolean untilCaughtUp = context.mode() == ReadMode.UNTIL_CAUGHT_UP;
        Beginning beginning = restored.map(EnumeratorState::of)
                .map(state -> new Restart(config, context.pipeline().name(), sessions, state, untilCaughtUp)
                        .begin(unfinished))
                .orElseGet(() -> new FirstStart(config, made, sessions, servers, untilCaughtUp).begin());
        opened = true;
        config.tables()
                .unmatched(beginning.tables().stream()
                        .map(each -> each.table().id())
                        .toList())
                .forEach(pattern -> LOG.warn(
                        "'{}' in 'tables' brings no table in: there is none of the name, or 'tables.exclude' takes it out."
                                + " One that comes later is read from the next start on.",
                        pattern));
        return new PostgresEnumerator(
                config, beginning, new SnapshotCourse(config, sessions, context, beginning), snapshot, made);
    }

    @Override
    public SplitReader openReader(int index) {
        return new SwitchingReader(
                LogSplit::isLog,
                () -> new SnapshotReader(sessions, context.batchBytes(), snapshot),
                () -> new LogReader(sessions, context, log));
    }

    @Override
    public SourceProgress progress() {
        return new SourceProgress(
                phase(),
                snapshot.tables(),
                snapshot.tablesDone(),
                snapshot.rowsExpected(),
                snapshot.rowsRead(),
                log.lagBytes(),
                log.lagMicros());
    }

    private Phase phase() {
        if (!opened) {
            return Phase.STARTING;
        }
        if (snapshot.tablesDone() < snapshot.tables()) {
            return Phase.SNAPSHOT;
        }
        return log.hasCaughtUp() ? Phase.STREAMING : Phase.CATCHING_UP;
    }

    @Override
    public List<Finding> check() {
        return new SourceCheck(config, context.pipeline().name(), sessions).findings();
    }

    @Override
    public List<Schema> describe() {
        try (Connection connection = sessions.sql("check")) {
            return new CatalogReader(connection)
                    .read(config.tables()::match).stream()
                            .map(table -> TableDecoder.of(table).schema())
                            .toList();
        } catch (SQLException e) {
            throw PostgresFailure.during("reading the catalog", e);
        }
    }

    @Override
    public List<Finding> check(VersionedBytes state) {
        return new SourceCheck(config, context.pipeline().name(), sessions).findings(Optional.of(state));
    }

    @Override
    public List<String> toDrop(Optional<VersionedBytes> state) {
        return toBeDropped(state).found();
    }

    @Override
    public void drop(Optional<VersionedBytes> state) {
        toBeDropped(state).drop();
    }

    private SourceDrop toBeDropped(Optional<VersionedBytes> state) {
        SourceDrop.Names names = state.map(EnumeratorState::of)
                .map(known -> new SourceDrop.Names(known.slot(), known.publication()))
                .orElseGet(() -> new SourceDrop.Names(config.slot(), config.publication()));
        return new SourceDrop(names, context.pipeline().name(), sessions);
    }

    /** Sessions belong to the enumerator and the readers, which are closed by now. */
    @Override
    public void close() {
        made.takeBack();
    }
}
