package dev.millrace.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private static PostgresServer server;
    private TcpProxy proxy;

    @BeforeAll
    static void start() {
        server = PostgresServer.started(PostgresSettings.ofMajor(18));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        proxy = TcpProxy.to(server.host(), server.port());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void passesEverythingBothWays() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(repeat(connection, 3_000_000)).hasSize(3_000_000);
            assertThat(proxy.passed(Direction.TO_CLIENT)).isGreaterThan(3_000_000);
            assertThat(proxy.passed(Direction.TO_SERVER)).isBetween(1L, 10_000L);
            assertThat(proxy.accepted()).isEqualTo(1);
        }
    }

    @Test
    void makesAnswersLate() throws SQLException {
        try (Connection connection = connect()) {
            proxy.latency(Duration.ofMillis(60));
            assertThat(nanos(() -> repeat(connection, 1))).isGreaterThan(120_000_000L);
        }
    }

    @Test
    void limitsTheRate() throws SQLException {
        try (Connection connection = connect()) {
            proxy.rate(1_000_000);
            assertThat(nanos(() -> repeat(connection, 300_000))).isGreaterThan(300_000_000L);
        }
    }

    @Test
    void cutsInTheMiddleOfARow() throws SQLException {
        try (Connection connection = connect()) {
            repeat(connection, 1);
            long before = proxy.passed(Direction.TO_CLIENT);
            proxy.cutAfter(Direction.TO_CLIENT, 30_000);
            assertThatThrownBy(() -> repeat(connection, 100_000)).hasMessageContaining("I/O error");
            assertThat(proxy.passed(Direction.TO_CLIENT) - before).isEqualTo(30_000);
        }
        try (Connection next = connect()) {
            assertThat(repeat(next, 100_000)).hasSize(100_000);
        }
    }

    @Test
    void cutsAllOpenConnections() throws SQLException {
        try (Connection one = connect();
                Connection other = connect()) {
            repeat(one, 1);
            repeat(other, 1);
            proxy.cutAll();
            assertThatThrownBy(() -> repeat(one, 1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> repeat(other, 1)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void swallowsSilentlyUntilHealed() throws SQLException {
        try (Connection connection = connect()) {
            connection.setNetworkTimeout(Runnable::run, 500);
            proxy.blackhole();
            assertThatThrownBy(() -> repeat(connection, 1)).hasRootCauseMessage("Read timed out");
            proxy.heal();
        }
        try (Connection next = connect()) {
            assertThat(repeat(next, 1)).hasSize(1);
        }
    }

    @Test
    void refusesNewConnectionsAndKeepsOldOnes() throws SQLException {
        try (Connection old = connect()) {
            proxy.refuse();
            assertThatThrownBy(this::connect).isInstanceOf(SQLException.class);
            assertThat(repeat(old, 1)).hasSize(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + proxy.host() + ":" + proxy.port()
                        + "/postgres?socketTimeout=30&sslmode=disable&gssEncMode=disable",
                server.user(),
                server.password());
    }

    private static String repeat(Connection connection, int length) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select repeat('x', " + length + ")")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static long nanos(Query query) throws SQLException {
        long start = System.nanoTime();
        query.run();
        return System.nanoTime() - start;
    }

    private interface Query {
        void run() throws SQLException;
    }
}
