package dev.millrace.source.postgres.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debezium and we read the same rows in the same order, transaction by transaction. */
class OracleTest {
    private static final String DATABASE = "shop";
    private static final String THEIR_USER = "debezium";
    private static final int STEPS = 2_000;

    @TempDir
    Path spillFolder;

    @ParameterizedTest
    @CsvSource({"14, 1", "18, 2"})
    void readsTheRowsThatDebeziumReads(int major, long seed) throws Exception {
        // Small, so that many transactions come while they are in progress. Debezium, which stops where such a
        // transaction is
        // rolled back, reads as somebody for whom it is large.
        PostgresSettings settings =
                PostgresSettings.ofMajor(major).with("fsync", "off").with("logical_decoding_work_mem", "64kB");
        try (PostgresServer server = PostgresServer.started(settings)) {
            server.createDatabase(DATABASE);
            prepare(server);
            try (Theirs theirs = new Theirs(debezium(server))) {
                awaitReader(server);
                write(server, seed);
                Changes expected = theirs.await();
                Ours ours = Ours.read(millrace(server), spillFolder);
                assertThat(expected.count()).isGreaterThan(STEPS);
                assertThat(ours.changes().byTable()).containsOnlyKeys(Workload.TABLES);
                for (String table : Workload.TABLES) {
                    assertThat(ours.changes().byTable().get(table))
                            .as(table)
                            .isEqualTo(expected.byTable().get(table));
                }
                assertThat(expected.transactions())
                        .doesNotHaveDuplicates()
                        .isSortedAccordingTo((a, b) -> Long.compare(ours.commitPlace(a), ours.commitPlace(b)));
            }
        }
    }

    private static void prepare(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect(DATABASE)) {
            for (String statement : Workload.preparation()) {
                execute(connection, statement);
            }
            execute(
                    connection,
                    "create publication shared for table " + String.join(", ", Workload.TABLES)
                            + " with (publish_via_partition_root = true)");
            execute(connection, "create role " + THEIR_USER + " superuser login replication");
            execute(connection, "alter role " + THEIR_USER + " set logical_decoding_work_mem = '1GB'");
            for (String slot : List.of("ours", "theirs")) {
                execute(connection, "select pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
            }
        }
    }

    private static void write(PostgresServer server, long seed) throws SQLException {
        try (Connection first = server.connect(DATABASE);
                Connection second = server.connect(DATABASE);
                Connection third = server.connect(DATABASE)) {
            new Workload(seed, first, second, third).run(STEPS);
            execute(first, Workload.END);
        }
    }

    /** What is written before Debezium has begun to read, it may leave out. */
    private static void awaitReader(PostgresServer server) throws SQLException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            boolean active = false;
            while (!active) {
                try (ResultSet row = statement.executeQuery(
                        "select active, pg_sleep(0.05) from pg_replication_slots where slot_name = 'theirs'")) {
                    active = row.next() && row.getBoolean(1);
                }
                assertThat(System.nanoTime()).as("Debezium begins to read").isLessThan(deadline);
            }
        }
    }

    private static Map<String, String> millrace(PostgresServer server) {
        return Map.of(
                "hostname",
                server.host(),
                "port",
                Integer.toString(server.port()),
                "username",
                server.user(),
                "password",
                "unused",
                "tables",
                DATABASE + ".public.(" + String.join("|", Workload.TABLES) + ")",
                "slot.name",
                "ours",
                "publication.name",
                "shared",
                "scan.startup.mode",
                "committed-offset");
    }

    private static Map<String, String> debezium(PostgresServer server) {
        return Map.of(
                "database.hostname",
                server.host(),
                "database.port",
                Integer.toString(server.port()),
                "database.user",
                THEIR_USER,
                "database.password",
                "unused",
                "database.dbname",
                DATABASE,
                "table.include.list",
                "public\\..*",
                "slot.name",
                "theirs",
                "publication.name",
                "shared");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
