package dev.millrace.source.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import dev.millrace.servers.TlsFiles;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.failure.MySqlError;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private static final String PASSWORD = "pässwörd of more than twenty bytes";
    private static final TlsSettings PLAIN = TlsSettings.of(TlsSettings.Mode.DISABLED);
    private static final TlsSettings REQUIRED = TlsSettings.of(TlsSettings.Mode.REQUIRED);

    @TempDir
    static Path folder;

    private static TlsFiles tls;
    private static MySqlServer mysql;
    private static MySqlServer mariaDb;

    @BeforeAll
    static void startServers() throws SQLException {
        tls = TlsFiles.selfSigned(folder);
        mysql = MySqlServer.started(MySqlSettings.of(MySqlRelease.MYSQL_8_0).with(tls));
        mariaDb =
                MySqlServer.started(MySqlSettings.of(MySqlRelease.MARIADB_11_4).with(tls));
        for (String method : List.of("mysql_native_password", "caching_sha2_password", "sha256_password")) {
            TestServers.execute(
                    mysql, "create user '" + method + "' identified with " + method + " by '" + PASSWORD + "'");
        }
        TestServers.execute(mysql, "create user nobody identified with caching_sha2_password by ''");
        TestServers.execute(mariaDb, "create user 'mysql_native_password' identified by '" + PASSWORD + "'");
    }

    @AfterAll
    static void stopServers() {
        mysql.close();
        mariaDb.close();
    }

    @ParameterizedTest
    @EnumSource
    void logsInByNativePassword(MySqlRelease release) {
        MySqlServer server = release.isMariaDb() ? mariaDb : mysql;

        assertThat(loggedIn(server, "mysql_native_password", PLAIN)).isFalse();
        assertThat(loggedIn(server, "mysql_native_password", REQUIRED)).isTrue();
    }

    @Test
    void sendsThePasswordEncryptedForTheServersKeyUntilTheServerKnowsIt() throws SQLException {
        forgetPasswords();

        assertThat(loggedIn(mysql, "caching_sha2_password", PLAIN)).isFalse();
        assertThat(loggedIn(mysql, "caching_sha2_password", PLAIN)).isFalse();
    }

    @Test
    void sendsThePasswordInsideTlsUntilTheServerKnowsIt() throws SQLException {
        forgetPasswords();

        assertThat(loggedIn(mysql, "caching_sha2_password", REQUIRED)).isTrue();
        assertThat(loggedIn(mysql, "caching_sha2_password", REQUIRED)).isTrue();
    }

    @Test
    void logsInWithoutAPassword() {
        try (ServerSession session = ServerSession.open(TestServers.address(mysql, "nobody", "", PLAIN))) {
            assertThat(session.query("select 1")).containsExactly(List.of("1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql_native_password", "caching_sha2_password", "nosuchuser"})
    void namesTheUserThatIsRefusedAndNeverThePassword(String user) {
        String wrong = "wrong password";
        for (TlsSettings settings : List.of(PLAIN, REQUIRED)) {
            assertThatThrownBy(() -> ServerSession.open(TestServers.address(mysql, user, wrong, settings)))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.LOGIN))
                    .hasMessageContaining(user)
                    .hasMessageNotContaining(wrong);
        }
    }

    @Test
    void namesAWayToLogInThatIsNotKnown() {
        assertThatThrownBy(() -> loggedIn(mysql, "sha256_password", PLAIN))
                .hasMessageContaining("'sha256_password', which is not known here")
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.nextStep()).contains("caching_sha2_password"));
    }

    @Test
    void trustsWhomTheAuthoritiesVouchFor() {
        assertThat(loggedIn(mysql, "caching_sha2_password", verifying(TlsSettings.Mode.VERIFY_IDENTITY, tls)))
                .isTrue();
    }

    @Test
    void trustsNobodyElse(@TempDir Path elsewhere) {
        TlsFiles other = TlsFiles.selfSigned(elsewhere);

        assertThatThrownBy(() -> loggedIn(mysql, "caching_sha2_password", verifying(TlsSettings.Mode.VERIFY_CA, other)))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.CONNECTION))
                .hasMessageContaining("PKIX");
    }

    @Test
    void comparesTheHostWithTheCertificateWhereIdentityIsVerified(@TempDir Path elsewhere) {
        TlsFiles named = TlsFiles.selfSigned(elsewhere, "dns:db.example");
        try (MySqlServer server =
                MySqlServer.started(MySqlSettings.of(MySqlRelease.MARIADB_11_4).with(named))) {
            TlsSettings identity = verifying(TlsSettings.Mode.VERIFY_IDENTITY, named);
            TlsSettings authority = verifying(TlsSettings.Mode.VERIFY_CA, named);

            assertThatThrownBy(() -> ServerSession.open(TestServers.address(server, "root", "", identity)))
                    .hasMessageContaining("No subject alternative names");
            try (ServerSession session = ServerSession.open(TestServers.address(server, "root", "", authority))) {
                assertThat(session.isProtected()).isTrue();
            }
        }
    }

    @Test
    void goesOnWithoutTlsOnlyWhereItIsNotRequired() {
        MySqlServer server = TestServers.on(MySqlRelease.MARIADB_11_4);
        TlsSettings preferred = TlsSettings.of(TlsSettings.Mode.PREFERRED);

        try (ServerSession session = ServerSession.open(TestServers.address(server, "root", "", preferred))) {
            assertThat(session.isProtected()).isFalse();
        }
        assertThatThrownBy(() -> ServerSession.open(TestServers.address(server, "root", "", REQUIRED)))
                .hasMessageContaining("offers no TLS");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        ServerAddress address = TestServers.address(mysql);
        ServerAddress dead = new ServerAddress(
                address.host(), port, address.user(), address.password(), PLAIN, address.connectTimeout());

        assertThatThrownBy(() -> ServerSession.open(dead))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.CONNECTION))
                .hasMessageContaining("127.0.0.1:" + port);
    }

    private static void forgetPasswords() throws SQLException {
        TestServers.execute(mysql, "flush privileges");
    }

    private static boolean loggedIn(MySqlServer server, String user, TlsSettings settings) {
        try (ServerSession session = ServerSession.open(TestServers.address(server, user, PASSWORD, settings))) {
            assertThat(session.query("select user()").getFirst().getFirst()).startsWith(user + "@");
            return session.isProtected();
        }
    }

    private static TlsSettings verifying(TlsSettings.Mode mode, TlsFiles files) {
        return new TlsSettings(mode, Optional.of(files.certificate()));
    }
}
