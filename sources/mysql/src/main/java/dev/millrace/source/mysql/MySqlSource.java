package dev.millrace.source.mysql;

import dev.millrace.schema.Schema;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.config.MySqlConfig;
import dev.millrace.source.mysql.log.LogAccess;
import dev.millrace.source.mysql.log.LogReader;
import dev.millrace.source.mysql.snapshot.EpochSessions;
import dev.millrace.source.mysql.snapshot.SnapshotReader;
import dev.millrace.source.mysql.split.EnumeratorState;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.KnownServers;
import dev.millrace.source.relational.SwitchingReader;
import dev.millrace.source.relational.progress.LogProgress;
import dev.millrace.source.relational.progress.SnapshotProgress;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Describable;
import dev.millrace.spi.Droppable;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceProgress;
import dev.millrace.spi.SourceProgress.Phase;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import java.util.List;
import java.util.Optional;

/** A MySQL or MariaDB server, or the tables of it that the pipeline names. */
final class MySqlSource implements Source, Checkable, Describable, Droppable {
    private final MySqlAccess access;
    private final KnownServers servers;
    private final SnapshotProgress snapshot = new SnapshotProgress();
    private final LogProgress log = new LogProgress();
    private volatile boolean opened;

    MySqlSource(MySqlConfig config, SourceContext context, KnownServers servers) {
        this.servers = servers;
        this.access = new MySqlAccess(config, context, () -> ServerSession.open(config.server()), new EpochSessions());
    }

    @Override
    public SplitEnumerator openEnumerator(Optional<VersionedBytes> restored, List<Split> unfinished) {
        Beginning beginning = restored.map(EnumeratorState::of)
                .map(state -> new Restart(access, state).begin(unfinished))
                .orElseGet(() -> new FirstStart(access, servers).begin());
        opened = true;
        return new MySqlEnumerator(access, beginning, snapshot);
    }

    @Override
    public SplitReader openReader(int index) {
        MySqlConfig config = access.config();
        return new SwitchingReader(
                LogSplit::isLog,
                () -> new SnapshotReader(
                        access.epochs(),
                        access.sessions(),
                        config.types(),
                        access.context().batchBytes(),
                        snapshot),
                () -> new LogReader(
                        new LogAccess(access.sessions(), config.replica(), config.heartbeat(), config.types()),
                        access.context(),
                        log));
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
        return new SourceCheck(access).findings(Optional.empty());
    }

    @Override
    public List<Finding> check(VersionedBytes state) {
        return new SourceCheck(access).findings(Optional.of(state));
    }

    @Override
    public List<Schema> describe() {
        try (ServerSession session = access.sessions().get()) {
            return new CatalogReader(session)
                    .read(access.config().tables()::match).stream()
                            .map(table ->
                                    TableDecoder.schema(table, access.config().types()))
                            .toList();
        }
    }

    /** The server knows nothing of a pipeline: it keeps its log by its own rules. */
    @Override
    public List<String> toDrop(Optional<VersionedBytes> state) {
        return List.of();
    }

    @Override
    public void drop(Optional<VersionedBytes> state) {}

    /** Sessions belong to the enumerator and the readers, which are closed by now. */
    @Override
    public void close() {
        access.epochs().close();
    }
}
