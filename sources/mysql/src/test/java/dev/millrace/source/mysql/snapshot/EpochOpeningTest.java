package dev.millrace.source.mysql.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.bytes.LittleEndian;
import dev.millrace.source.mysql.event.EventReader;
import dev.millrace.source.mysql.event.LogEvent;
import dev.millrace.source.mysql.event.RowsEvent;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.wire.LogRequest;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.mysql.wire.TlsSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochOpeningTest {
    private static final int WRITERS = 3;
    private static final int READERS = 4;

    @ParameterizedTest
    @CsvSource({
        "MYSQL_8_0, true, AUTO",
        "MYSQL_8_0, false, AUTO",
        "MYSQL_8_0, true, TABLE",
        "MARIADB_11_4, true, AUTO",
        "MARIADB_11_4, true, GLOBAL",
        "MARIADB_11_4, true, TABLE"
    })
    void whatTheSessionsSeeAndTheLogFromTherePiecesTogether(MySqlRelease release, boolean gtids, Locking locking)
            throws Exception {
        MySqlSettings settings = MySqlSettings.of(release);
        if (!gtids) {
            settings = settings.with("gtid-mode", "OFF").with("enforce-gtid-consistency", "OFF");
        }
        try (MySqlServer server = MySqlServer.started(settings);
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            TestServers.execute(
                    server, "create database shop", "create table shop.t (id bigint primary key auto_increment)");
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                running.add(writers.submit(() -> write(server, stop)));
            }
            List<Set<Long>> seen = new ArrayList<>();
            List<LogStart> starts = new ArrayList<>();
            try {
                awaitRows(server);
                for (int round = 0; round < 5; round++) {
                    try (Epoch epoch = new EpochOpening(() -> TestServers.session(server), locking)
                            .open(READERS, List.of("`shop`.`t`"))) {
                        List<Set<Long>> states = epoch.readers().stream()
                                .map(EpochOpeningTest::ids)
                                .toList();
                        assertThat(states).allSatisfy(state -> assertThat(state).isEqualTo(states.getFirst()));
                        seen.add(states.getFirst());
                        starts.add(epoch.after());
                        seen.add(states.getFirst());
                        starts.add(new LogStart.At(epoch.place()));
                        assertThat(epoch.after() instanceof LogStart.At).isEqualTo(!gtids);
                    }
                }
            } finally {
                stop.set(true);
            }
            for (Future<?> writer : running) {
                writer.get();
            }
            Set<Long> all = TestServers.query(server, "select id from shop.t").stream()
                    .map(Long::valueOf)
                    .collect(Collectors.toSet());
            for (int i = 0; i < seen.size(); i++) {
                Set<Long> logged = logged(server, starts.get(i));
                Set<Long> missing = new HashSet<>(all);
                missing.removeAll(seen.get(i));
                assertThat(logged).as("from " + starts.get(i)).isEqualTo(missing);
            }
        }
    }

    @Test
    void givesUpBehindALongStatementWithoutHoldingWritersForLong() throws Exception {
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(MySqlRelease.MYSQL_8_0));
                ExecutorService other = Executors.newFixedThreadPool(1)) {
            TestServers.execute(
                    server, "create database shop", "create table shop.t (id bigint primary key auto_increment)");
            TestServers.execute(server, "insert into shop.t values (null)");
            Future<?> longStatement = other.submit(() -> {
                TestServers.query(server, "select sleep(30) from shop.t for update");
                return true;
            });
            while (TestServers.query(
                                    server,
                                    "select id from information_schema.processlist where info like '%sleep(30)%'")
                            .size()
                    < 2) {
                Thread.onSpinWait();
            }

            assertThatThrownBy(() -> new EpochOpening(() -> TestServers.session(server), Locking.AUTO)
                            .open(1, List.of("`shop`.`t`")))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.LOCKED));

            assertThat(TestServers.query(
                            server, "select 1 from information_schema.processlist where info like 'flush tables%'"))
                    .isEmpty();
            server.kill9();
            assertThatThrownBy(longStatement::get).hasCauseInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_8_0, AUTO", "MYSQL_8_0, GLOBAL", "MARIADB_11_4, AUTO", "MARIADB_11_4, GLOBAL"})
    void holdsOnlyTheTablesWhereTheUserMayNotHoldAllWrites(MySqlRelease release, Locking locking) throws Exception {
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(release))) {
            TestServers.execute(
                    server,
                    "create database shop",
                    "create table shop.t (id bigint primary key auto_increment)",
                    "create table shop.other (id bigint primary key auto_increment)",
                    "create user modest",
                    "grant select, lock tables on shop.* to modest",
                    "grant replication slave, replication client on *.* to modest");
            Supplier<ServerSession> modest = () -> ServerSession.open(
                    TestServers.address(server, "modest", "", TlsSettings.of(TlsSettings.Mode.PREFERRED)));
            EpochOpening opening = new EpochOpening(modest, locking);
            try (Connection writer = server.connect("shop");
                    Statement statement = writer.createStatement()) {
                // All writes can't be held while this is open, those to the captured table can.
                writer.setAutoCommit(false);
                statement.execute("insert into other values (null)");
                if (locking == Locking.GLOBAL) {
                    assertThatThrownBy(() -> opening.open(2, List.of("`shop`.`t`")))
                            .isInstanceOfSatisfying(
                                    MillraceException.class,
                                    e -> assertThat(e.code()).isEqualTo(MySqlError.PRIVILEGE));
                } else {
                    try (Epoch epoch = opening.open(2, List.of("`shop`.`t`"))) {
                        TestServers.execute(server, "insert into shop.t values (null)");
                        assertThat(epoch.readers())
                                .allSatisfy(reader -> assertThat(ids(reader)).isEmpty());
                        assertThat(epoch.heldNanos() > 0).isEqualTo(!release.isMariaDb());
                    }
                }
            }
        }
    }

    private static Void write(MySqlServer server, AtomicBoolean stop) throws SQLException {
        try (Connection connection = server.connect("shop");
                Statement statement = connection.createStatement()) {
            while (!stop.get()) {
                statement.execute("insert into t values (null)");
            }
        }
        return null;
    }

    private static void awaitRows(MySqlServer server) throws SQLException {
        while (Integer.parseInt(
                        TestServers.query(server, "select count(*) from shop.t").getFirst())
                < 100) {
            Thread.onSpinWait();
        }
    }

    private static Set<Long> ids(ServerSession reader) {
        return reader.query("select id from shop.t").stream()
                .map(row -> Long.valueOf(String.valueOf(row.getFirst())))
                .collect(Collectors.toSet());
    }

    /** The keys of all rows in the log, each of which is inserted alone: a byte of null bits, then eight of the key. */
    private static Set<Long> logged(MySqlServer server, LogStart start) {
        Set<Long> ids = new HashSet<>();
        try (ServerSession session = TestServers.session(server)) {
            EventReader reader =
                    new EventReader(session.follow(new LogRequest(start, 4713, Duration.ofSeconds(1), true)));
            for (LogEvent event = reader.next(); event != null; event = reader.next()) {
                if (event instanceof RowsEvent rows) {
                    assertThat(ids.add(LittleEndian.int8(rows.buffer(), rows.start() + 1)))
                            .isTrue();
                }
            }
        }
        return ids;
    }
}
