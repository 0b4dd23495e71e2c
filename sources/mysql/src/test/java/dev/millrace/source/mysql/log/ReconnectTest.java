package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.faults.Direction;
import dev.millrace.servers.faults.TcpProxy;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.wire.ServerAddress;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.mysql.wire.TlsSettings;
import dev.millrace.spi.PollRequest.Purpose;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that break, stall or crawl. */
class ReconnectTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private final String database = "cut" + COUNT.incrementAndGet();

    private static Supplier<ServerSession> through(TcpProxy proxy, MySqlServer server, TlsSettings.Mode tls) {
        ServerAddress direct = TestServers.address(server, server.user(), "", TlsSettings.of(tls));
        ServerAddress address = new ServerAddress(
                proxy.host(), proxy.port(), direct.user(), direct.password(), direct.tls(), direct.connectTimeout());
        return () -> ServerSession.open(address);
    }

    /** Transactions of one to some hundred rows, of several events each. */
    private void write(MySqlServer server) throws SQLException {
        TestServers.execute(
                server,
                "use " + database,
                "insert into t select 0, 1, repeat('a', 100)",
                "insert into t select 0, n, s from t",
                "insert into t select 0, n, s from t",
                "insert into t select 0, n, s from t",
                "insert into t select 0, n, s from t",
                "start transaction",
                "insert into t select 0, n, s from t",
                "update t set n = n + 1 where id % 3 = 0",
                "insert into t select 0, n, repeat('b', 3000) from t",
                "delete from t where id % 4 = 0",
                "commit",
                "update t set n = 7",
                "delete from t where id % 5 = 0",
                "insert into t values (100000, 1, repeat('z', 200000))");
    }

    private LogSplit prepared(MySqlServer server) throws SQLException {
        TestServers.execute(
                server,
                "create database " + database,
                "create table " + database + ".t (id int primary key auto_increment, n int, s mediumtext)");
        return LogFollower.here(server, database);
    }

    @ParameterizedTest
    @EnumSource
    void readsEachChangeOnceThroughConnectionsThatBreakAnywhere(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        LogSplit start = prepared(server);
        write(server);
        List<String> expected;
        try (LogFollower log = LogFollower.of(server)) {
            log.start(start);
            expected = log.readAll().taken();
        }
        assertThat(expected).hasSizeGreaterThan(200);
        Random random = new Random(20261121);
        for (int round = 0; round < 8; round++) {
            try (TcpProxy proxy = TcpProxy.to(server.host(), server.port());
                    LogFollower log = LogFollower.of(server)) {
                int breaks =
                        followWithBreaks(log, start, proxy, through(proxy, server, TlsSettings.Mode.DISABLED), random);
                assertThat(breaks).isPositive();
                assertThat(log.taken()).isEqualTo(expected);
            }
        }
    }

    /** As the engine does: what came after the last checkpoint is forgotten where reading breaks. */
    private static int followWithBreaks(
            LogFollower log, LogSplit start, TcpProxy proxy, Supplier<ServerSession> sessions, Random random) {
        LogSplit checkpoint = start;
        int kept = 0;
        int breaks = 0;
        boolean started = false;
        while (true) {
            try {
                if (!started) {
                    if (breaks < 12) {
                        proxy.cutAfter(Direction.TO_CLIENT, 12_000 + random.nextInt(150_000));
                    } else {
                        proxy.heal();
                    }
                    log.restart(checkpoint, sessions);
                    started = true;
                }
                log.poll(Purpose.READ);
                if (log.hasPosition()) {
                    checkpoint = log.split();
                    kept = log.changes.size();
                    if (log.changes.stream().anyMatch(change -> change.startsWith("INSERT t 100000"))) {
                        return breaks;
                    }
                }
            } catch (MillraceException broken) {
                assertThat(broken.code()).isEqualTo(MySqlError.CONNECTION);
                breaks++;
                started = false;
                log.changes.subList(kept, log.changes.size()).clear();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsOnWhereEventsComeInPieces(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        LogSplit start = prepared(server);
        write(server);
        List<String> expected;
        try (LogFollower log = LogFollower.of(server)) {
            log.start(start);
            expected = log.readAll().taken();
        }
        TlsSettings.Mode tls = release.isMariaDb() ? TlsSettings.Mode.DISABLED : TlsSettings.Mode.REQUIRED;
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port());
                LogFollower log = LogFollower.of(server)) {
            log.restart(start, through(proxy, server, tls));
            proxy.rate(600_000);
            assertThat(log.readAll().taken()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesUpAServerThatIsSilentForTwoHeartbeats(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        LogSplit start = prepared(server);
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port());
                LogFollower log = LogFollower.of(server)) {
            log.restart(start, through(proxy, server, TlsSettings.Mode.DISABLED));
            log.readAll();
            long quietUntil = System.nanoTime() + 3 * LogFollower.HEARTBEAT.toNanos();
            while (System.nanoTime() < quietUntil) {
                log.poll(Purpose.READ);
            }
            proxy.blackhole();
            MillraceException broken = log.pollUntilBroken();
            assertThat(broken.code()).isEqualTo(MySqlError.CONNECTION);
        }
    }
}
