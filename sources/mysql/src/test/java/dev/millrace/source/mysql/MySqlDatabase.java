package dev.millrace.source.mysql;

import dev.millrace.config.ConfigSection;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on a server. */
public final class MySqlDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private final MySqlServer server;
    private final String name;

    private MySqlDatabase(MySqlServer server) {
        this.server = server;
        this.name = "test_" + NUMBERS.incrementAndGet();
        server.createDatabase(name);
    }

    /** On the server that all tests of this JVM share. */
    public static MySqlDatabase on(MySqlRelease release) {
        return on(TestServers.on(release));
    }

    public static MySqlDatabase on(MySqlServer server) {
        return new MySqlDatabase(server);
    }

    public MySqlServer server() {
        return server;
    }

    public String name() {
        return name;
    }

    /** Statements of one session of the superuser, in this database. */
    public void execute(String... statements) throws SQLException {
        String[] all = new String[statements.length + 1];
        all[0] = "use " + name;
        System.arraycopy(statements, 0, all, 1, statements.length);
        TestServers.execute(server, all);
    }

    /** The first column. */
    public List<String> query(String sql) throws SQLException {
        return TestServers.query(server, sql.replace("{db}", name));
    }

    /** The section of a pipeline file that reads these tables of this database; more keys and values may follow. */
    public ConfigSection section(String tables, String... more) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("hostname", server.host());
        keys.put("port", Integer.toString(server.port()));
        keys.put("username", server.user());
        keys.put("tables", name + "." + tables);
        keys.put("sslmode", "disabled");
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1].replace("{db}", name));
        }
        return TestServers.section(keys);
    }

    /** What an engine with one reader says of itself. */
    public static SourceContext context(ReadMode mode, Path spill) {
        return new SourceContext(
                new PipelineIdentity("test", "2c1c3b0e-6f0f-4f53-9a53-0b8b1f9d6f10"),
                mode,
                1,
                1 << 20,
                spill,
                InstantSource.system());
    }

    @Override
    public void close() throws SQLException {
        TestServers.execute(server, "drop database " + name);
    }
}
