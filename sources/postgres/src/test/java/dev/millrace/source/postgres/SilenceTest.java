package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.error.MillraceException;
import dev.millrace.servers.faults.TcpProxy;
import dev.millrace.source.postgres.failure.PostgresError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that stand and bring nothing. */
@Timeout(60)
class SilenceTest {
    private static void assertTakenForDead(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(PostgresError.CONNECTION));
    }

    @Test
    void givesAChunkUpOfWhichNothingComes() throws Exception {
        try (TestDatabase database = TestDatabase.on(18);
                TcpProxy proxy =
                        TcpProxy.to(database.server().host(), database.server().port())) {
            database.execute(
                    "create table big (id int primary key, filler text)",
                    "insert into big select i, repeat('x', 1000) from generate_series(1, 30000) i",
                    "analyze big");
            ConfigSection section = database.section(
                    "big", "port", Integer.toString(proxy.port()), "jdbc.properties.socketTimeout", "2");
            try (SnapshotHarness harness = new SnapshotHarness(section, 1, Optional.empty())) {
                while (harness.sorted(database.name(), "big").isEmpty()) {
                    harness.step();
                }
                proxy.blackhole();
                assertTakenForDead(harness::readAll);
            }
        }
    }

    @Test
    void givesAStatementUpThatNeverAnswers() throws Exception {
        try (TestDatabase database = TestDatabase.on(18);
                Connection other = database.server().connect(database.name());
                Statement statement = other.createStatement()) {
            database.execute("create table t (id int primary key)");
            statement.execute("begin; lock table t in access exclusive mode");
            ConfigSection section = database.section("t", "jdbc.properties.socketTimeout", "1");
            assertTakenForDead(() -> new SnapshotHarness(section, 1, Optional.empty()).close());
        }
    }

    @Test
    void waitsForNoStatementForEver() throws SQLException {
        try (TestDatabase database = TestDatabase.on(14);
                Connection connection = database.sessions().sql("test")) {
            assertThat(connection.getNetworkTimeout()).isBetween(1, 600_000);
        }
    }
}
