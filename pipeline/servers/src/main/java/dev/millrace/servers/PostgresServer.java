package dev.millrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server as a child process, ready for logical decoding. It ends with this JVM, whichever way that
 * ends. One thread at a time may control it; clients may connect from everywhere on this machine.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration PATIENCE_WITH_PREDECESSOR = Duration.ofSeconds(15);
    private static final int PORT_ATTEMPTS = 3;
    private static final StopSignals SIGNALS = new StopSignals("INT", "QUIT");

    private final PostgresSettings settings;
    private final ServerAccount account;
    private @Nullable ServerFolder folder;
    private @Nullable Path socketFolder;
    private @Nullable ServerProcess postmaster;
    private int port;

    /** A server that is not started yet. */
    public PostgresServer(PostgresSettings settings) {
        this(settings, ServerAccount.detect());
    }

    PostgresServer(PostgresSettings settings, ServerAccount account) {
        this.settings = settings;
        this.account = account;
        this.port = settings.port().orElse(0);
    }

    /** A server that runs. */
    public static PostgresServer started(PostgresSettings settings) {
        PostgresServer server = new PostgresServer(settings);
        server.start();
        return server;
    }

    /**
     * Starts and waits until connections are accepted: one to two seconds, some more where programs have to be
     * unpacked.
     *
     * @throws ServerException where it runs already (here, or on the same folder elsewhere), or does not come up; the
     *     message holds the end of the server's log
     */
    public void start() {
        if (isRunning()) {
            throw new ServerException("This PostgreSQL server runs already, on port " + port);
        }
        try {
            PostgresPrograms programs = PostgresPrograms.of(
                    PostgresArchive.find(settings.major(), Platform.current()),
                    CacheFolder.path().resolve("postgres"));
            ServerFolder place = place();
            if (Files.isDirectory(place.data())) {
                new PostmasterFile(place.data()).makeWay(PATIENCE_WITH_PREDECESSOR);
            }
            place.prepare(programs, settings, account);
            launch(programs, place);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start PostgreSQL " + settings.major(), e);
        }
    }

    /** Ends all sessions, writes a last checkpoint and stops: PostgreSQL's "fast" shutdown. */
    public void stop() {
        if (postmaster != null) {
            postmaster.stopFast();
            postmaster = null;
        }
    }

    /** Kills every process of the server at once, as a crash would; they are gone when this returns. */
    public void kill9() {
        if (postmaster != null) {
            postmaster.kill();
            postmaster = null;
        }
    }

    /** Stops and starts again, on the same port. */
    public void restart() {
        stop();
        start();
    }

    public boolean isRunning() {
        return postmaster != null && postmaster.isAlive();
    }

    /** Stops; a temporary server's data is deleted. */
    @Override
    public void close() {
        try {
            if (settings.folder().isPresent()) {
                stop();
            } else if (postmaster != null) {
                postmaster.stopImmediately();
                postmaster = null;
            }
            deleteTemporaries();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port, from the first start on the same for each. */
    public int port() {
        return port;
    }

    public String host() {
        return "127.0.0.1";
    }

    /** The server's superuser. */
    public String user() {
        return settings.access().user();
    }

    /** The superuser's password; empty where everybody is trusted. */
    public String password() {
        return settings.access().password().orElse("");
    }

    /** Where the Unix socket lies. */
    public Path socketDirectory() {
        if (socketFolder == null) {
            throw new ServerException("This PostgreSQL server was not started yet");
        }
        return socketFolder;
    }

    /** The process that accepts connections. */
    public long pid() {
        if (postmaster == null) {
            throw new ServerException("This PostgreSQL server does not run");
        }
        return postmaster.pid();
    }

    /** Without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port + "/" + database;
    }

    /** A connection as the superuser. */
    public Connection connect(String database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user());
        login.setProperty("password", password());
        settings.access().tls().ifPresent(tls -> {
            login.setProperty("sslmode", "verify-full");
            login.setProperty("sslrootcert", tls.certificate().toString());
        });
        return DriverManager.getConnection(jdbcUrl(database), login);
    }

    public void createDatabase(String name) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database \"" + name.replace("\"", "\"\"") + "\"");
        } catch (SQLException e) {
            throw new ServerException("Could not create the database " + name, e);
        }
    }

    private ServerFolder place() throws IOException {
        if (folder == null) {
            Path kept = settings.folder().orElse(null);
            folder = kept != null ? new ServerFolder(kept) : ServerFolder.temporary();
        }
        return folder;
    }

    /** A port that was free when it was chosen can be taken when the server binds it. */
    private void launch(PostgresPrograms programs, ServerFolder place) throws IOException {
        Path sockets = socketFolder != null ? socketFolder : place.socketFolder(account);
        socketFolder = sockets;
        boolean choose = port == 0;
        for (int attempt = 1; ; attempt++) {
            if (choose) {
                port = Ports.free();
            }
            ServerProcess started =
                    ServerProcess.launch(command(programs, place, sockets), SIGNALS, place.log(), temporary(place));
            PostmasterFile file = new PostmasterFile(place.data());
            if (started.awaitReady(() -> file.isReady(started.pid()))) {
                postmaster = started;
                return;
            }
            started.kill();
            String log = place.logTail();
            if (!choose || attempt == PORT_ATTEMPTS || !log.contains("Address already in use")) {
                throw new ServerException("PostgreSQL " + settings.major() + " did not start on port " + port + " in "
                        + place.path() + ". The end of its log:\n" + log);
            }
        }
    }

    private Optional<Path> temporary(ServerFolder place) {
        return settings.folder().isPresent() ? Optional.empty() : Optional.of(place.path());
    }

    private List<String> command(PostgresPrograms programs, ServerFolder place, Path sockets) {
        List<String> command = new ArrayList<>(Session.ofItsOwn());
        List<String> postgres =
                new ArrayList<>(List.of(programs.program("postgres").toString()));
        postgres.addAll(List.of("-D", place.data().toString()));
        parameters(place, sockets).forEach((name, value) -> postgres.addAll(List.of("-c", name + "=" + value)));
        command.addAll(account.command(postgres));
        return command;
    }

    private Map<String, String> parameters(ServerFolder place, Path sockets) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("wal_level", "logical");
        all.put("max_wal_senders", "20");
        all.put("max_replication_slots", "20");
        all.put("max_prepared_transactions", "20");
        all.putAll(settings.parameters());
        all.put("listen_addresses", host());
        all.put("port", Integer.toString(port));
        all.put("unix_socket_directories", sockets.toString());
        all.put("hba_file", place.accessRules().toString());
        settings.access().tls().ifPresent(tls -> {
            all.put("ssl", "on");
            all.put("ssl_cert_file", tls.certificate().toAbsolutePath().toString());
            all.put("ssl_key_file", tls.key().toAbsolutePath().toString());
        });
        return all;
    }

    private void deleteTemporaries() throws IOException {
        if (folder == null) {
            return;
        }
        if (socketFolder != null && !socketFolder.equals(folder.path())) {
            FileTrees.delete(socketFolder);
            socketFolder = null;
        }
        if (settings.folder().isEmpty()) {
            folder.delete();
            folder = null;
        }
    }
}
