package dev.millrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real MySQL or MariaDB as a child process, with a row-based log. Its data is temporary; it ends with this JVM,
 * whichever way that ends. What it has acknowledged survives {@link #kill9}, but not a crash of the machine: it does not
 * wait for the disk. One thread at a time may control it; clients may connect from everywhere on this machine. To connect
 * from here, MariaDB's JDBC driver has to be on the class path.
 */
public final class MySqlServer implements AutoCloseable {
    private static final int PORT_ATTEMPTS = 3;
    private static final int LOG_TAIL_BYTES = 4_000;
    private static final StopSignals SIGNALS = new StopSignals("TERM", "KILL");

    private final MySqlSettings settings;
    private @Nullable Path folder;
    private @Nullable ServerProcess process;
    private int port;

    /** A server that is not started yet. */
    public MySqlServer(MySqlSettings settings) {
        this.settings = settings;
    }

    /** A server that runs. */
    public static MySqlServer started(MySqlSettings settings) {
        MySqlServer server = new MySqlServer(settings);
        server.start();
        return server;
    }

    /**
     * Starts and waits until connections are accepted: one to three seconds, some more where programs have to be
     * unpacked.
     *
     * @throws ServerException where it runs already or does not come up; the message holds the end of the server's log
     */
    public void start() {
        if (isRunning()) {
            throw new ServerException("This " + settings.release() + " server runs already, on port " + port);
        }
        try {
            MySqlPrograms programs = MySqlPrograms.of(
                    MySqlArchive.find(settings.release(), Platform.current()),
                    CacheFolder.path().resolve("mysql"));
            launch(programs, place(programs));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + settings.release(), e);
        }
    }

    /** Ends all sessions and stops with nothing to recover. */
    public void stop() {
        if (process != null) {
            process.stopFast();
            process = null;
        }
    }

    /** Kills the server as a crash of its process would; it is gone when this returns. */
    public void kill9() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /** Stops and starts again, on the same port. */
    public void restart() {
        stop();
        start();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Kills the server and deletes its data. */
    @Override
    public void close() {
        kill9();
        try {
            if (folder != null) {
                FileTrees.delete(folder);
                folder = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public MySqlRelease release() {
        return settings.release();
    }

    /** The port, from the first start on the same for each. */
    public int port() {
        return port;
    }

    public String host() {
        return "127.0.0.1";
    }

    /** The superuser, who has no password. */
    public String user() {
        return "root";
    }

    public long pid() {
        if (process == null) {
            throw new ServerException("This " + settings.release() + " server does not run");
        }
        return process.pid();
    }

    /** A connection as the superuser; the name of the database may be empty. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://" + host() + ":" + port + "/" + database + "?sslMode=disable", user(), "");
    }

    public void createDatabase(String name) {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("create database `" + name.replace("`", "``") + "`");
        } catch (SQLException e) {
            throw new ServerException("Could not create the database " + name, e);
        }
    }

    private Path place(MySqlPrograms programs) throws IOException {
        Path made = folder;
        if (made == null) {
            made = Files.createTempDirectory("millrace-mysql-");
            folder = made;
            programs.copyTemplate(made.resolve("data"));
        }
        Path log = log(made);
        if (Files.exists(log)) {
            Files.move(log, made.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return made;
    }

    /** A port that was free when it was chosen can be taken when the server binds it. */
    private void launch(MySqlPrograms programs, Path place) throws IOException {
        boolean choose = port == 0;
        for (int attempt = 1; ; attempt++) {
            if (choose) {
                port = Ports.free();
            }
            ServerProcess started =
                    ServerProcess.launch(command(programs, place), SIGNALS, log(place), Optional.of(place));
            if (started.awaitReady(() -> logOf(place).contains(": ready for connections"))) {
                process = started;
                return;
            }
            started.kill();
            String log = logOf(place);
            if (!choose || attempt == PORT_ATTEMPTS || !log.contains("Address already in use")) {
                throw new ServerException(settings.release() + " did not start on port " + port + " in " + place
                        + ". The end of its log:\n"
                        + log.substring(Math.max(0, log.length() - LOG_TAIL_BYTES))
                                .strip());
            }
        }
    }

    private List<String> command(MySqlPrograms programs, Path place) {
        MySqlDistribution distribution = settings.release().distribution();
        List<String> server = new ArrayList<>(
                List.of(programs.home().resolve(distribution.server()).toString(), "--no-defaults"));
        parameters(programs, place).forEach((name, value) -> server.add("--" + name + "=" + value));
        List<String> command = new ArrayList<>(Session.ofItsOwn());
        command.addAll(programs.command(server));
        return command;
    }

    private Map<String, String> parameters(MySqlPrograms programs, Path place) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("server-id", "1");
        all.put("log-bin", place.resolve("data/binlog").toString());
        all.put("binlog-format", "ROW");
        all.put("binlog-row-image", "FULL");
        all.put("binlog-row-metadata", "FULL");
        all.put("sync-binlog", "0");
        all.put("innodb-flush-log-at-trx-commit", "2");
        all.put("innodb-buffer-pool-size", "64M");
        all.putAll(settings.release().distribution().parameters(programs.home(), settings.tls()));
        settings.tls().ifPresent(tls -> {
            all.put("ssl-cert", tls.certificate().toAbsolutePath().toString());
            all.put("ssl-key", tls.key().toAbsolutePath().toString());
        });
        all.putAll(settings.parameters());
        all.put("user", System.getProperty("user.name"));
        all.put("basedir", programs.home().toString());
        all.put("datadir", place.resolve("data").toString());
        // A server that starts deletes what others have left there, or are about to use.
        all.put("tmpdir", place.toString());
        all.put("bind-address", host());
        all.put("port", Integer.toString(port));
        all.put("socket", place.resolve("server.sock").toString());
        all.put("pid-file", place.resolve("server.pid").toString());
        return all;
    }

    private static Path log(Path place) {
        return place.resolve("server.log");
    }

    private static String logOf(Path place) {
        try {
            return new String(Files.readAllBytes(log(place)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
