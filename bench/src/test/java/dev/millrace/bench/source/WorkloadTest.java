package dev.millrace.bench.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.servers.MySqlRelease;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
    private static final Workload WORKLOAD = new Workload(4000, 2, 600);

    private static BenchDatabase start(String server) throws SQLException {
        return switch (server) {
            case "PostgreSQL" -> PostgresDatabase.start(18);
            case "MySQL" -> MySqlDatabase.start(MySqlRelease.MYSQL_8_0);
            default -> MySqlDatabase.start(MySqlRelease.MARIADB_11_4);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "MySQL", "MariaDB"})
    void changesInTheServerTheKeysThatBareWritersChange(String server) throws Exception {
        try (BenchDatabase database = start(server);
                Connection connection = DriverManager.getConnection(database.url())) {
            database.load(WORKLOAD);
            database.change(WORKLOAD);

            for (String table : List.of("data.t0000", "data.t0001")) {
                assertThat(keys(connection, table + " where id > 2000")).containsExactlyElementsOf(inserted());
                assertThat(keys(connection, table + " where id <= 2000 and price > 1.0"))
                        .containsExactlyElementsOf(updated());
                assertThat(keys(connection, table).getFirst())
                        .isEqualTo(WORKLOAD.deletedKey(2, Workload.DELETES - 1) + 1);
            }
        }
    }

    @Test
    void makesRowsOfTheSizeThatIsPromised() throws Exception {
        try (BenchDatabase database = PostgresDatabase.start(18)) {
            database.load(new Workload(400_000, 1, 100));

            assertThat(database.bytesPerRow()).isBetween(300L, 360L);
        }
    }

    @Test
    void refusesToDeleteMoreThanItLoads() {
        assertThatThrownBy(() -> new Workload(1000, 1, 10_000)).hasMessageContaining("delete more than half");
    }

    private static List<Long> keys(Connection connection, String from) throws SQLException {
        List<Long> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from " + from + " order by id")) {
            while (rows.next()) {
                keys.add(rows.getLong(1));
            }
        }
        return keys;
    }

    private static List<Long> inserted() {
        return transactions()
                .flatMap(t -> IntStream.range(0, Workload.INSERTS).mapToLong(i -> WORKLOAD.insertedKey(t, i)))
                .sorted()
                .boxed()
                .toList();
    }

    private static List<Long> updated() {
        return transactions()
                .flatMap(t -> IntStream.range(0, Workload.UPDATES).mapToLong(i -> WORKLOAD.updatedKey(t, i)))
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    private static LongStream transactions() {
        return LongStream.range(0, 3);
    }
}
