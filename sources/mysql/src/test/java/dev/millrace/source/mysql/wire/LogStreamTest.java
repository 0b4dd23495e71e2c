package dev.millrace.source.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogStreamTest {
    private static final int HEARTBEAT = 27;
    private static final int WRITE_ROWS_V1 = 23;
    private static final int WRITE_ROWS = 30;

    @ParameterizedTest
    @EnumSource
    void answersWithRowsOfText(MySqlRelease release) {
        try (ServerSession session = TestServers.session(TestServers.on(release))) {
            assertThat(session.query("select 1, null, 'drei €' union select 2, 'b', ''"))
                    .containsExactly(Arrays.asList("1", null, "drei €"), Arrays.asList("2", "b", ""));
            assertThat(session.query("set @x = 1")).isEmpty();
            assertThatThrownBy(() -> session.query("select nonsense"))
                    .hasMessageContaining("Unknown column")
                    .hasMessageContaining("error 1054");
            assertThat(session.query("select @x")).containsExactly(List.of("1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAnswersThatComeInParts(MySqlRelease release) {
        try (ServerSession session = TestServers.session(TestServers.on(release))) {
            for (int length : new int[] {0xffffff - 5, 0xffffff - 4, 0xffffff - 3, 40_000_000}) {
                assertThat(session.query("select repeat('x', " + length + ")")
                                .getFirst()
                                .getFirst())
                        .hasSize(length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheLogFromAPlaceToItsEnd(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        try (ServerSession session = TestServers.session(server)) {
            BinlogPlace place = place(session);
            TestServers.execute(
                    server,
                    "create or replace view mysql.unused as select 1",
                    "create database if not exists stream",
                    "create table stream.large" + release + " (b longblob)",
                    "insert into stream.large" + release + " values (repeat('x', 20000000)), ('y')");

            LogStream stream = session.follow(request(new LogStart.At(place), true));

            int largest = 0;
            List<Integer> types = new ArrayList<>();
            while (stream.next()) {
                types.add(type(stream));
                largest = Math.max(largest, stream.end() - stream.start());
            }
            assertThat(types).contains(release.isMariaDb() ? WRITE_ROWS_V1 : WRITE_ROWS);
            assertThat(largest).isGreaterThan(20_000_000);
        }
    }

    @Test
    void sendsWhatIsNotInASetOfTransactions() throws SQLException {
        MySqlServer server = TestServers.on(MySqlRelease.MYSQL_8_0);
        TestServers.execute(server, "create database gtids", "create table gtids.t (id int)");
        try (ServerSession session = TestServers.session(server)) {
            String executed =
                    session.query("select @@global.gtid_executed").getFirst().getFirst();
            TestServers.execute(server, "insert into gtids.t values (1)", "insert into gtids.t values (2)");

            LogStream stream = session.follow(request(new LogStart.After(GtidSet.parse(executed)), true));

            assertThat(countRows(stream)).isEqualTo(2);
        }
    }

    @Test
    void sendsWhatFollowsATransactionOfMariaDb() throws SQLException {
        MySqlServer server = TestServers.on(MySqlRelease.MARIADB_11_4);
        TestServers.execute(server, "create database gtids", "create table gtids.t (id int)");
        try (ServerSession session = TestServers.session(server)) {
            String executed =
                    session.query("select @@global.gtid_binlog_pos").getFirst().getFirst();
            TestServers.execute(server, "insert into gtids.t values (1)", "insert into gtids.t values (2)");

            LogStream stream =
                    session.follow(request(new LogStart.AfterMariaDb(MariaDbGtidList.parse(executed)), true));

            assertThat(countRows(stream)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void beatsWhileNothingHappens(MySqlRelease release) {
        try (ServerSession session = TestServers.session(TestServers.on(release))) {
            LogStream stream = session.follow(request(new LogStart.At(place(session)), false));

            int beats = 0;
            while (beats < 2) {
                assertThat(stream.next()).isTrue();
                beats += type(stream) == HEARTBEAT ? 1 : 0;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatAServerThatIsSilentIsGone(MySqlRelease release) {
        try (ServerSession session = TestServers.session(TestServers.on(release))) {
            LogRequest silent = new LogRequest(new LogStart.At(place(session)), 4711, Duration.ofMinutes(5), false);
            LogStream stream = session.follow(silent);
            stream.readTimeout(Duration.ofMillis(300));

            assertThatThrownBy(() -> {
                        while (stream.next()) {
                            assertThat(type(stream)).isNotEqualTo(HEARTBEAT);
                        }
                    })
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.CONNECTION));
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatALogIsGone(MySqlRelease release) {
        try (ServerSession session = TestServers.session(TestServers.on(release))) {
            LogStream stream = session.follow(request(new LogStart.At(new BinlogPlace("binlog.424242", 4)), true));

            assertThatThrownBy(() -> {
                        while (stream.next()) {
                            assertThat(type(stream)).isNotZero();
                        }
                    })
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.LOG_LOST));
        }
    }

    private static LogRequest request(LogStart start, boolean toTheEnd) {
        return new LogRequest(start, 4711, Duration.ofMillis(200), toTheEnd);
    }

    private static BinlogPlace place(ServerSession session) {
        var row = session.query("show master status").getFirst();
        return new BinlogPlace(String.valueOf(row.get(0)), Long.parseLong(String.valueOf(row.get(1))));
    }

    private static int type(LogStream stream) {
        return stream.buffer()[stream.start() + 4] & 0xff;
    }

    private static int countRows(LogStream stream) {
        int count = 0;
        while (stream.next()) {
            count += type(stream) == WRITE_ROWS || type(stream) == WRITE_ROWS_V1 ? 1 : 0;
        }
        return count;
    }
}
