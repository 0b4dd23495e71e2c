package dev.millrace.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerTest {

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void decodesChangesByPgoutputOnEveryMajor(int major) throws SQLException {
        try (PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(major))) {
            assertThat(Sql.query(server, "show server_version").get(0)).startsWith(Integer.toString(major));
            Sql.execute(
                    server,
                    "create table t (id bigint primary key, name text)",
                    "create publication p for table t",
                    "select pg_create_logical_replication_slot('s', 'pgoutput')",
                    "insert into t values (1, 'one')");

            List<String> messages = Sql.query(server, """
                    select chr(get_byte(data, 0))
                    from pg_logical_slot_get_binary_changes('s', null, null, 'proto_version', '1', 'publication_names', 'p')""");

            assertThat(messages).containsExactly("B", "R", "I", "C");
        }
    }

    @Test
    void keepsCommittedRowsThroughRepeatedKills() throws SQLException {
        try (PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(18))) {
            int port = server.port();
            Sql.execute(server, "create table t (id int primary key)");
            for (int round = 1; round <= 3; round++) {
                Sql.execute(server, "insert into t values (" + round + ")");
                server.kill9();
                assertThat(server.isRunning()).isFalse();
                server.start();
            }

            assertThat(Sql.query(server, "select id from t order by id")).containsExactly("1", "2", "3");
            assertThat(server.port()).isEqualTo(port);
        }
    }

    @Test
    void leavesNoProcessBehindAfterAKill() throws SQLException {
        try (PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(18));
                Connection busy = server.connect("postgres")) {
            Sql.execute(server, "create table t (id int primary key)");
            long backend =
                    Long.parseLong(Sql.query(busy, "select pg_backend_pid()").get(0));
            List<ProcessHandle> children =
                    ProcessHandle.of(server.pid()).orElseThrow().descendants().toList();
            assertThat(children).extracting(ProcessHandle::pid).contains(backend);

            server.kill9();

            assertThat(children).noneMatch(PostgresServerTest::isRunning);
        }
    }

    @Test
    void restartsInItsFolderWithItsData(@TempDir Path folder) throws SQLException {
        PostgresSettings settings = PostgresSettings.ofMajor(18).in(folder);
        try (PostgresServer first = PostgresServer.started(settings)) {
            Sql.execute(first, "create table t as select 42 as answer");
            first.restart();
            assertThat(Sql.query(first, "select answer from t")).containsExactly("42");
        }
        try (PostgresServer second = PostgresServer.started(settings)) {
            assertThat(Sql.query(second, "select answer from t")).containsExactly("42");
        }
    }

    @Test
    void refusesASecondServerOnTheSameFolder(@TempDir Path folder) throws SQLException {
        PostgresSettings settings = PostgresSettings.ofMajor(18).in(folder);
        try (PostgresServer first = PostgresServer.started(settings);
                PostgresServer second = new PostgresServer(settings)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("runs on " + folder)
                    .hasMessageContaining("process " + first.pid());

            assertThat(Sql.query(first, "select 1")).containsExactly("1");
        }
    }

    @Test
    void startsWhereADeadServersNumberNowBelongsToAnotherProcess(@TempDir Path folder) throws Exception {
        PostgresSettings settings = PostgresSettings.ofMajor(18).in(folder);
        try (PostgresServer server = PostgresServer.started(settings)) {
            server.kill9();
            Path file = folder.resolve("data").resolve("postmaster.pid");
            List<String> lines = Files.readAllLines(file);
            lines.set(0, Long.toString(ProcessHandle.current().pid()));
            Files.write(file, lines);

            server.start();

            assertThat(Sql.query(server, "select 1")).containsExactly("1");
        }
    }

    @Test
    void refusesDataOfAnotherMajor(@TempDir Path folder) {
        PostgresServer.started(PostgresSettings.ofMajor(14).in(folder)).close();

        try (PostgresServer newer =
                new PostgresServer(PostgresSettings.ofMajor(18).in(folder))) {
            assertThatThrownBy(newer::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("was made by PostgreSQL 14, not by 18");
        }
    }

    @Test
    void showsTheEndOfTheLogWhereAStartFails() {
        try (PostgresServer server =
                new PostgresServer(PostgresSettings.ofMajor(18).with("shared_preload_libraries", "no_such_library"))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("could not access file \"no_such_library\"");
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void asksForThePasswordOverEncryptedConnectionsOnly(@TempDir Path folder) throws SQLException {
        PostgresAccess access = PostgresAccess.password("owner", "se'cret").withTls(TlsFiles.selfSigned(folder));
        try (PostgresServer server =
                PostgresServer.started(PostgresSettings.ofMajor(14).with(access))) {
            assertThat(Sql.query(server, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                    .containsExactly("t");
            String url = server.jdbcUrl("postgres") + "?user=owner&password=";
            assertThatThrownBy(() -> DriverManager.getConnection(url + "wrong&sslmode=require"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(url + "se'cret&sslmode=disable"))
                    .hasMessageContaining("no encryption");
        }
        assertThat(access.toString()).doesNotContain("se'cret");
    }

    @Test
    void deletesATemporaryServersFolder() {
        PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(18));
        Path folder = server.socketDirectory();
        assertThat(folder).isDirectory();

        server.close();

        assertThat(folder).doesNotExist();
    }

    @Test
    void keepsItsSocketWhereTheFoldersPathIsLong(@TempDir Path folder) throws IOException {
        Path deep = folder.resolve("x".repeat(120));
        try (PostgresServer server =
                PostgresServer.started(PostgresSettings.ofMajor(18).in(deep))) {
            assertThat(server.socketDirectory().resolve(".s.PGSQL." + server.port()))
                    .exists();
        }
    }

    @Test
    void runsAsNobodyForRootWithoutUserNamespaces() throws SQLException {
        assumeTrue(System.getProperty("user.name").equals("root") && ServerAccount.NOBODY.works());
        try (PostgresServer server = new PostgresServer(PostgresSettings.ofMajor(18), ServerAccount.NOBODY)) {
            server.start();
            server.kill9();
            server.start();
            assertThat(Sql.query(server, "select pg_read_file('/proc/self/status') ~ 'Uid:\\s65534'"))
                    .containsExactly("t");
        }
    }

    @Test
    void createsDatabasesOfAnyName() throws SQLException {
        try (PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(18))) {
            server.createDatabase("The \"Shop\"");
            assertThat(Sql.query(server, "select datname from pg_database")).contains("The \"Shop\"");
        }
    }

    @Test
    void endsWhenTheJvmIsKilled(@TempDir Path folder) throws Exception {
        Process jvm = startInAJvmOfItsOwn(folder.toString());
        ProcessHandle server = ProcessHandle.of(
                        Long.parseLong(jvm.inputReader(UTF_8).readLine()))
                .orElseThrow();
        assertThat(isRunning(server)).isTrue();

        jvm.destroyForcibly().waitFor();

        try (PostgresServer next =
                PostgresServer.started(PostgresSettings.ofMajor(18).in(folder))) {
            assertThat(isRunning(server)).isFalse();
            assertThat(Sql.query(next, "select 1")).containsExactly("1");
        }
    }

    @Test
    void leavesNoTemporaryFolderWhenTheJvmIsKilled() throws Exception {
        Process jvm = startInAJvmOfItsOwn();
        BufferedReader said = jvm.inputReader(UTF_8);
        assertThat(said.readLine()).isNotEmpty();
        Path folder = Path.of(said.readLine());
        assertThat(folder.resolve("data")).isDirectory();

        jvm.destroyForcibly().waitFor();

        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        boolean patient = true;
        while (patient && Files.exists(folder)) {
            patient = deadline.pause();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void isOutOfReachOfATerminalsInterrupt() throws Exception {
        assumeTrue(Platform.current().isLinux());
        try (PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(18))) {
            assertThat(session(server.pid()))
                    .isNotEqualTo(session(ProcessHandle.current().pid()));
        }
    }

    private static Process startInAJvmOfItsOwn(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartsAndWaits.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The program of a JVM of its own: starts a server, says its process number and folder, and waits to be killed. */
    static final class StartsAndWaits {
        private StartsAndWaits() {}

        public static void main(String[] arguments) throws InterruptedException {
            PostgresSettings settings = PostgresSettings.ofMajor(18);
            PostgresServer server =
                    PostgresServer.started(arguments.length == 0 ? settings : settings.in(Path.of(arguments[0])));
            System.out.println(server.pid());
            System.out.println(server.socketDirectory());
            Thread.currentThread().join();
        }
    }

    /** The sixth word of what Linux says of a process, counted from behind its name. */
    private static String session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
    }

    private static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            return !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                    .contains(") Z ");
        } catch (IOException noSuchFile) {
            return !Files.isDirectory(Path.of("/proc/self"));
        }
    }
}
