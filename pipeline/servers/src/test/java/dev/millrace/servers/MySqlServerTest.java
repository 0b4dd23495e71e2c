package dev.millrace.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MySqlServerTest {

    @ParameterizedTest
    @EnumSource
    void writesARowBasedLogWithAllMetadata(MySqlRelease release) throws SQLException {
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(release));
                Connection connection = server.connect("")) {
            assertThat(Sql.query(connection, "select version()").getFirst())
                    .startsWith(release.isMariaDb() ? "11.4." : "8.0.");
            assertThat(Sql.query(connection, "select @@binlog_format")).containsExactly("ROW");
            assertThat(Sql.query(connection, "select @@binlog_row_metadata")).containsExactly("FULL");
            assertThat(Sql.query(connection, "show binary logs").getFirst()).startsWith("binlog.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsCommittedRowsThroughKillsAndRestarts(MySqlRelease release) throws SQLException {
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(release))) {
            int port = server.port();
            server.createDatabase("shop");
            execute(server, "create table shop.t (id int primary key)", "insert into shop.t values (1)");
            long pid = server.pid();

            server.kill9();

            assertThat(server.isRunning()).isFalse();
            assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).isNotEqualTo(Optional.of(true));
            server.start();
            execute(server, "insert into shop.t values (2)");
            server.restart();
            assertThat(server.port()).isEqualTo(port);
            try (Connection connection = server.connect("shop")) {
                assertThat(Sql.query(connection, "select id from t order by id"))
                        .containsExactly("1", "2");
            }
        }
    }

    @Test
    void givesEveryServerAnIdentityOfItsOwn() throws SQLException {
        MySqlSettings settings = MySqlSettings.of(MySqlRelease.MYSQL_8_0);
        try (MySqlServer one = MySqlServer.started(settings);
                MySqlServer other = MySqlServer.started(settings);
                Connection toOne = one.connect("");
                Connection toOther = other.connect("")) {
            assertThat(Sql.query(toOne, "select @@server_uuid"))
                    .isNotEqualTo(Sql.query(toOther, "select @@server_uuid"));
        }
    }

    @Test
    void showsTheEndOfTheLogWhereAStartFails() {
        try (MySqlServer server =
                new MySqlServer(MySqlSettings.of(MySqlRelease.MARIADB_11_4).with("no-such-setting", "1"))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("unknown variable 'no-such-setting");
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsItsCertificateToClientsThatAsk(MySqlRelease release, @TempDir Path folder) throws SQLException {
        TlsFiles tls = TlsFiles.selfSigned(folder);
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(release).with(tls));
                Connection connection = DriverManager.getConnection(
                        "jdbc:mariadb://127.0.0.1:" + server.port() + "/?sslMode=verify-full&serverSslCert="
                                + tls.certificate(),
                        "root",
                        "")) {
            assertThat(Sql.query(
                            connection,
                            "select variable_value <> '' from "
                                    + (release.isMariaDb() ? "information_schema" : "performance_schema")
                                    + ".session_status where variable_name = 'Ssl_cipher'"))
                    .isEqualTo(List.of("1"));
        }
    }

    private static void execute(MySqlServer server, String... statements) throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
