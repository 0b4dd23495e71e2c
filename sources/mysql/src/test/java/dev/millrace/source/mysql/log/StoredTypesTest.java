package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.types.TypePolicy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StoredTypesTest {
    private static final String DATABASE = "stored_types";
    private static final String LAX = "set sql_mode = 'ALLOW_INVALID_DATES'";
    private static final String ZONE = "set time_zone = '+00:00'";
    private static final TypePolicy LENIENT = new TypePolicy(TypePolicy.ZeroDates.NULL, TypePolicy.Times.TEXT, false);
    private static final AtomicInteger COUNT = new AtomicInteger();

    static Stream<Arguments> cases() {
        return TypeCase.all().stream()
                .flatMap(oneCase -> Stream.of(MySqlRelease.values()).map(release -> Arguments.of(release, oneCase)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("cases")
    void readsWhatTheServerPrints(MySqlRelease release, TypeCase values) throws SQLException {
        MySqlServer server = TestServers.on(release);
        String table = table();

        LogRows rows = LogRows.of(server, table, statements(table, values.type(), values.literals()));

        assertThat(rows.cells(1)).isEqualTo(printed(server, table, values.oracle(), rows));
        assertReadBack(server, TypePolicy.STRICT, table, rows);
    }

    @ParameterizedTest
    @EnumSource
    void refusesDatesThatAreNoDaysUnlessTheyMayBecomeNull(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        for (String type : List.of("date", "datetime(3)", "timestamp")) {
            List<String> dates = type.equals("timestamp")
                    ? List.of("'0000-00-00'")
                    : List.of("'0000-00-00'", "'2024-00-15'", "'2024-05-00'", "'2023-02-29'");
            for (String date : dates) {
                String table = table();
                String[] statements = statements(table, type + " null", List.of(date));

                assertThatThrownBy(() -> LogRows.of(server, table, statements))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.VALUE))
                        .hasMessageContaining(date.replace("'", ""));
                String other = table();
                assertThat(LogRows.of(server, LENIENT, other, statements(other, type + " null", List.of(date)))
                                .cells(1))
                        .containsExactly("null", "null");
                assertThatThrownBy(() -> LogRows.read(server, TypePolicy.STRICT, select(table)))
                        .hasMessageContaining(date.replace("'", ""));
                assertThat(LogRows.cells(LogRows.read(server, LENIENT, select(other)), 1))
                        .containsExactly("null", "null");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesTimesOutsideADayUnlessTheyMayBecomeText(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        List<String> times = List.of(
                "'-00:00:01'",
                "'24:00:01'",
                "'838:59:59'",
                "'-838:59:59'",
                "'-12:34:56.654321'",
                "'-00:00:00.5'",
                "'100:00:00.1'");
        for (int digits = 0; digits <= 6; digits++) {
            String table = table();
            LogRows rows = LogRows.of(server, LENIENT, table, statements(table, "time(" + digits + ")", times));
            assertThat(rows.cells(1)).isEqualTo(printed(server, table, "cast(c as char)", rows));
            assertReadBack(server, LENIENT, table, rows);
        }
        for (String time : List.of("'-00:00:01'", "'24:00:01'")) {
            String table = table();
            String[] statements = statements(table, "time", List.of(time));
            assertThatThrownBy(() -> LogRows.of(server, table, statements))
                    .hasMessageContaining(time.replace("'", "") + " is no time of a day");
        }
    }

    /** Snapshot and log give the same types and the same cells. */
    private static void assertReadBack(MySqlServer server, TypePolicy policy, String table, LogRows rows) {
        ChangeBatch read = LogRows.read(server, policy, select(table));
        assertThat(read.schema().columns())
                .isEqualTo(rows.batches().getFirst().schema().columns());
        for (int column = 0; column < read.schema().columns().size(); column++) {
            assertThat(LogRows.cells(read, column)).isEqualTo(rows.cells(column));
        }
    }

    private static String select(String table) {
        return "select * from " + DATABASE + "." + table + " order by id";
    }

    private static String table() {
        return "t" + COUNT.incrementAndGet();
    }

    /** An unsigned column before and behind shows that metadata of several columns are told apart. */
    private static String[] statements(String table, String type, List<String> literals) {
        List<String> statements = new ArrayList<>(List.of(LAX, ZONE, "create database if not exists " + DATABASE));
        statements.add(
                "create table " + DATABASE + "." + table
                        + " (id int unsigned primary key auto_increment, c " + type
                        + ", y year, u smallint unsigned not null default 65535, e enum('x', 'y') default 'y', s varchar(5) character set cp1251 default 'я')");
        literals.forEach(
                literal -> statements.add("insert into " + DATABASE + "." + table + " (c) values (" + literal + ")"));
        statements.add("insert into " + DATABASE + "." + table + " (c) values (null)");
        return statements.toArray(String[]::new);
    }

    private static List<String> printed(MySqlServer server, String table, String oracle, LogRows rows)
            throws SQLException {
        boolean floating = rows.batches()
                .getFirst()
                .schema()
                .columns()
                .get(1)
                .type()
                .getClass()
                .getSimpleName()
                .startsWith("Float");
        assertThat(rows.cells(3)).containsOnly("65535");
        assertThat(rows.cells(4)).containsOnly("y");
        assertThat(rows.cells(5)).containsOnly("я");
        List<String> printed = new ArrayList<>();
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(ZONE);
            statement.execute("set names utf8mb4");
            try (ResultSet values = statement.executeQuery("select " + oracle + " from " + table + " order by id")) {
                while (values.next()) {
                    String text = values.getString(1);
                    printed.add(text == null ? "null" : floating ? Double.toString(Double.parseDouble(text)) : text);
                }
            }
        }
        return printed;
    }
}
