package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.TableId;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.types.TypePolicy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema comes from the catalog; the log and a result both give its cells. */
class CatalogTypesTest {
    private static final String DATABASE = "catalog_types";
    private static final AtomicInteger COUNT = new AtomicInteger();

    static Stream<Arguments> cases() {
        return Stream.of(MySqlRelease.values())
                .flatMap(release -> Stream.of("FULL", "MINIMAL", "NO_LOG")
                        .filter(metadata -> release.isMariaDb() || !metadata.equals("NO_LOG"))
                        .map(metadata -> Arguments.of(release, metadata)));
    }

    /** All types in one table, so that what is said of several columns is told apart. */
    @ParameterizedTest
    @MethodSource("cases")
    void readsTheSameFromBothPathsWhateverTheLogSaysOfColumns(MySqlRelease release, String metadata)
            throws SQLException {
        MySqlServer server = TestServers.on(release);
        List<TypeCase> all = TypeCase.all();
        for (TypeCase values : all) {
            TableId table = table();
            LogRows rows = LogRows.byCatalog(
                    server, TypePolicy.STRICT, table, statements(table, metadata, values.type(), values.literals()));
            ChangeBatch read = LogRows.readByCatalog(server, TypePolicy.STRICT, table);

            List<String> printed = printed(server, table, values.oracle(), rows);
            assertThat(rows.cells(1)).as(values.type()).isEqualTo(printed);
            assertThat(LogRows.cells(read, 1)).as(values.type()).isEqualTo(printed);
            assertThat(rows.cells(2)).containsOnly("65535");
            assertThat(rows.cells(3)).containsOnly("y");
            assertThat(rows.cells(4)).containsOnly("я");
            assertThat(read.schema()).isEqualTo(rows.batches().getFirst().schema());
            assertThat(read.schema().columns().get(1).nullable()).isTrue();
            TestServers.execute(server, "drop table " + table);
        }
        TestServers.execute(server, "set global binlog_row_metadata = 'FULL'");
    }

    @ParameterizedTest
    @EnumSource
    void mapsTypesToTheirLogicalOnes(MySqlRelease release) throws SQLException {
        assertThat(types(
                        release,
                        TypePolicy.STRICT,
                        "tinyint(1), tinyint unsigned, smallint unsigned, mediumint unsigned,"
                                + " int unsigned, bigint unsigned, bigint, int(5) zerofill, year, bit(1), bit(2)"))
                .containsExactly(
                        new DataType.Int8(),
                        new DataType.Int16(),
                        new DataType.Int32(),
                        new DataType.Int32(),
                        new DataType.Int64(),
                        new DataType.Decimal(20, 0),
                        new DataType.Int64(),
                        new DataType.Int64(),
                        new DataType.Int32(),
                        new DataType.Bool(),
                        new DataType.Binary());
        assertThat(types(
                        release,
                        TypePolicy.STRICT,
                        "char(7), varchar(70) character set latin1, tinytext, json,"
                                + " enum('a'), set('a'), binary(3), varbinary(9), longblob, point, geometry, char(0)"))
                .containsExactly(
                        new DataType.Varchar(7),
                        new DataType.Varchar(70),
                        new DataType.Text(),
                        new DataType.Json(),
                        new DataType.Text(),
                        new DataType.Text(),
                        new DataType.Binary(),
                        new DataType.Binary(),
                        new DataType.Binary(),
                        new DataType.Binary(),
                        new DataType.Binary(),
                        new DataType.Varchar(1));
        assertThat(types(
                        release,
                        TypePolicy.STRICT,
                        "decimal(65,30), float, double(9,2), date, time(3), datetime(6), timestamp(1) null"))
                .containsExactly(
                        new DataType.Decimal(65, 30),
                        new DataType.Float32(),
                        new DataType.Float64(),
                        new DataType.Date(),
                        new DataType.Time(3),
                        new DataType.Timestamp(6),
                        new DataType.TimestampTz(1));
    }

    @ParameterizedTest
    @EnumSource
    void tinyint1IsABooleanWhereTheUserSaysSo(MySqlRelease release) throws SQLException {
        TypePolicy policy = new TypePolicy(TypePolicy.ZeroDates.REFUSE, TypePolicy.Times.OF_DAY, true);
        assertThat(types(release, policy, "tinyint(1), boolean, tinyint, tinyint(1) unsigned"))
                .containsExactly(new DataType.Bool(), new DataType.Bool(), new DataType.Int8(), new DataType.Int16());
        MySqlServer server = TestServers.on(release);
        TableId table = table();
        LogRows rows =
                LogRows.byCatalog(server, policy, table, statements(table, "MINIMAL", "tinyint(1)", List.of("0", "1")));
        assertThat(rows.cells(1)).containsExactly("0", "1", "null");
        assertThat(LogRows.cells(LogRows.readByCatalog(server, policy, table), 1))
                .containsExactly("0", "1", "null");
        TableId other = table();
        assertThatThrownBy(() -> LogRows.byCatalog(
                        server, policy, other, statements(other, "MINIMAL", "tinyint(1)", List.of("2"))))
                .hasMessageContaining("2 is neither true nor false");
        assertThatThrownBy(() -> LogRows.readByCatalog(server, policy, other))
                .hasMessageContaining("2 is neither true nor false");
    }

    @ParameterizedTest
    @EnumSource
    void columnsOfDatesMayBecomeNullWhereZeroDatesDo(MySqlRelease release) throws SQLException {
        TypePolicy policy = new TypePolicy(TypePolicy.ZeroDates.NULL, TypePolicy.Times.OF_DAY, false);
        MySqlServer server = TestServers.on(release);
        TableId table = table();
        String[] statements = {
            "set sql_mode = ''",
            "create database if not exists " + DATABASE,
            "create table " + table + " (d date not null, t datetime not null, s varchar(1) not null, primary key (t))",
            "insert into " + table + " values ('0000-00-00', '2024-01-01', 'x')"
        };
        LogRows rows = LogRows.byCatalog(server, policy, table, statements);

        assertThat(rows.batches().getFirst().schema().columns())
                .extracting(Column::nullable)
                .containsExactly(true, false, false);
        assertThat(rows.cells(0)).containsExactly("null");
        TestServers.execute(server, "set sql_mode = ''", "insert into " + table + " values ('2024-01-01', 0, 'x')");
        assertThatThrownBy(() -> LogRows.readByCatalog(server, policy, table)).hasMessageContaining("0000-00-00");
    }

    @ParameterizedTest
    @EnumSource
    void readsGeneratedAndInvisibleColumns(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        TableId table = table();
        String functional = release.isMariaDb() ? "" : ", index f ((a + 7)), unique u ((concat(s, a)))";
        LogRows rows = LogRows.byCatalog(
                server,
                TypePolicy.STRICT,
                table,
                "create database if not exists " + DATABASE,
                "create table " + table
                        + " (id int primary key, a int, v int generated always as (a * 2) virtual, s varchar(9) default 'x',"
                        + " h int default 5 invisible, w varchar(20) generated always as (concat(s, a)) stored"
                        + functional
                        + ", index (v))",
                "insert into " + table + " (id, a) values (1, 10), (2, null)",
                "update " + table + " set a = 11, h = 6 where id = 1",
                "delete from " + table + " where id = 2");

        assertThat(rows.cells(2)).containsExactly("20", "null", "20", "22", "null");
        assertThat(rows.cells(4)).containsExactly("5", "5", "5", "6", "5");
        assertThat(rows.cells(5)).containsExactly("x10", "null", "x10", "x11", "null");
        ChangeBatch read = LogRows.readByCatalog(server, TypePolicy.STRICT, table);
        assertThat(LogRows.cells(read, 2)).containsExactly("22");
        assertThat(LogRows.cells(read, 4)).containsExactly("6");
        assertThat(LogRows.cells(read, 5)).containsExactly("x11");
    }

    @Test
    void readsMariaDbsOwnTypes() throws SQLException {
        MySqlServer server = TestServers.on(MySqlRelease.MARIADB_11_4);
        List<String> uuids = new ArrayList<>();
        for (String version : List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "a", "f")) {
            for (String variant : List.of("0", "1", "7", "8", "9", "b", "c", "f")) {
                uuids.add("'01234567-89ab-" + version + "def-" + variant + "123-456789abcdef'");
            }
        }
        uuids.add("'00000000-0000-0000-0000-000000000000'");
        uuids.add("'ffffffff-ffff-ffff-ffff-ffffffffffff'");
        uuids.add("'12345678-0000-1000-8000-000000000000'");
        assertReadBack(server, "uuid", "replace(cast(c as char), '-', '')", uuids);
        assertReadBack(server, "inet4", "cast(c as char)", List.of("'0.0.0.0'", "'255.254.1.0'", "'10.0.0.0'"));
        assertReadBack(
                server,
                "inet6",
                "cast(c as char)",
                List.of(
                        "'::'",
                        "'::1'",
                        "'1::'",
                        "'fe80::1:0:0:2'",
                        "'1:0:0:2:0:0:0:3'",
                        "'1:2:3:4:5:6:7:8'",
                        "'::ffff:1.2.3.4'",
                        "'::1.2.3.4'",
                        "'::2:1.2.3.4'",
                        "'1:0:2:0:3:0:4:0'",
                        "'0:1:2:3:4:5:6:7'",
                        "'::ffff:0:0'",
                        "'::1:0:0'",
                        "'64:ff9b::1.2.3.4'",
                        "'1:2:3:4:5:6:7:0'",
                        "'1:2:3:4:5:6::'",
                        "'0:0:1::'",
                        "'::1:2:3:4:5:6'",
                        "'::ffff:0:1.2.3.4'",
                        "'::0.0.1.0'"));
        assertReadBack(server, "json", "c", List.of("'{\"b\": 1,   \"a\":[]}'", "'\"é\"'"));
    }

    private static void assertReadBack(MySqlServer server, String type, String oracle, List<String> literals)
            throws SQLException {
        for (String metadata : List.of("FULL", "NO_LOG")) {
            TableId table = table();
            LogRows rows =
                    LogRows.byCatalog(server, TypePolicy.STRICT, table, statements(table, metadata, type, literals));
            List<String> printed = printed(server, table, oracle, rows);
            assertThat(LogRows.cells(LogRows.readByCatalog(server, TypePolicy.STRICT, table), 1))
                    .as("a result")
                    .isEqualTo(printed);
            assertThat(rows.cells(1)).as("the log").isEqualTo(printed);
        }
        TestServers.execute(server, "set global binlog_row_metadata = 'FULL'");
    }

    @Test
    void refusesTypesThatAreNotKnownByTheirNames() throws SQLException {
        assertThatThrownBy(() -> types(MySqlRelease.MARIADB_11_4, TypePolicy.STRICT, "int, varchar(9) compressed"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.TYPE))
                .hasMessageContaining("Column c1 of " + DATABASE)
                .hasMessageContaining("varchar(9)")
                .hasMessageContaining("COMPRESSED");
        assertThat(types(MySqlRelease.MARIADB_11_4, TypePolicy.STRICT, "enum('COMPRESSED', 'COMPRESSED*/')"))
                .containsExactly(new DataType.Text());
    }

    /** The server's zone, this program's and the writer's are three, and the values lie around changes of the clocks. */
    @ParameterizedTest
    @EnumSource
    void timestampsAreTheSameInstantsInWhateverZones(MySqlRelease release) throws SQLException {
        List<String> instants = List.of(
                "2024-03-31T00:59:59Z",
                "2024-03-31T01:00:00Z",
                "2024-03-31T01:30:00Z",
                "2024-10-27T00:30:00Z",
                "2024-10-27T01:30:00Z",
                "2024-10-27T02:00:00Z");
        TimeZone ours = TimeZone.getDefault();
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(release).with("default-time-zone", "+05:30"))) {
            TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
            TableId table = table();
            List<String> statements = new ArrayList<>(List.of(
                    "set time_zone = '-08:00'",
                    "create database " + DATABASE,
                    "create table " + table + " (id int primary key auto_increment, t timestamp, d datetime)"));
            for (String instant : instants) {
                String written = LocalDateTime.ofInstant(Instant.parse(instant), ZoneOffset.ofHours(-8))
                        .toString();
                statements.add("insert into " + table + " (t, d) values ('" + written + "', '" + written + "')");
            }
            LogRows rows = LogRows.byCatalog(server, TypePolicy.STRICT, table, statements.toArray(String[]::new));
            ChangeBatch read = LogRows.readByCatalog(server, TypePolicy.STRICT, table);

            List<String> inUtc = instants.stream()
                    .map(instant -> instant.replace('T', ' ').replace("Z", ""))
                    .toList();
            assertThat(rows.cells(1)).isEqualTo(inUtc);
            assertThat(LogRows.cells(read, 1)).isEqualTo(inUtc);
            assertThat(LogRows.cells(read, 2)).isEqualTo(rows.cells(2)).startsWith("2024-03-30 16:59:59");
        } finally {
            TimeZone.setDefault(ours);
        }
    }

    /** The log's rows are of another shape than the catalog's at the end. */
    @ParameterizedTest
    @EnumSource
    void refusesRowsOfAnotherShape(MySqlRelease release) throws SQLException {
        for (String metadata : List.of("FULL", release.isMariaDb() ? "NO_LOG" : "MINIMAL")) {
            assertDiffers(release, metadata, "int", "add d int", "2 columns where 3 are known");
            assertDiffers(release, metadata, "int", "modify c bigint", "column c, bigint");
            assertDiffers(release, metadata, "varchar(10)", "modify c varchar(11)", "column c, varchar(11)");
            assertDiffers(release, metadata, "char(10)", "modify c varchar(10)", "column c, varchar(10)");
            assertDiffers(
                    release,
                    metadata,
                    "varchar(30) character set utf8mb4",
                    "modify c varchar(30) character set latin1",
                    "column c, varchar(30)");
            assertDiffers(release, metadata, "decimal(9,2)", "modify c decimal(9,3)", "column c, decimal(9,3)");
            assertDiffers(release, metadata, "datetime", "modify c datetime(3)", "column c, datetime(3)");
            assertDiffers(release, metadata, "text", "modify c mediumtext", "column c, mediumtext");
            assertDiffers(release, metadata, "bit(9)", "modify c bit(10)", "column c, bit(10)");
            if (!metadata.equals("NO_LOG")) {
                assertDiffers(release, metadata, "int", "modify c int unsigned", "has a sign");
            }
            if (metadata.equals("FULL")) {
                assertDiffers(release, metadata, "int", "change c d int", "column d is called c there");
            }
        }
        TestServers.execute(TestServers.on(release), "set global binlog_row_metadata = 'FULL'");
    }

    private static void assertDiffers(
            MySqlRelease release, String metadata, String type, String change, String difference) {
        TableId table = table();
        assertThatThrownBy(() -> LogRows.byCatalog(
                        TestServers.on(release),
                        TypePolicy.STRICT,
                        table,
                        "set global binlog_row_metadata = " + metadata,
                        "create database if not exists " + DATABASE,
                        "create table " + table + " (id int primary key, c " + type + ")",
                        "insert into " + table + " values (1, null)",
                        "alter table " + table + " " + change))
                .as(change)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.SCHEMA))
                .hasMessageContaining(table + " is not as it was")
                .hasMessageContaining(difference);
    }

    private static List<DataType> types(MySqlRelease release, TypePolicy policy, String columns) throws SQLException {
        MySqlServer server = TestServers.on(release);
        TableId table = table();
        StringBuilder named = new StringBuilder();
        int number = 0;
        for (String column : columns.split(", ?(?![^(]*\\))")) {
            named.append(number == 0 ? "c" : ", c").append(number++).append(' ').append(column);
        }
        TestServers.execute(
                server, "create database if not exists " + DATABASE, "create table " + table + " (" + named + ")");
        return LogRows.readByCatalog(server, policy, table).schema().columns().stream()
                .map(Column::type)
                .toList();
    }

    private static TableId table() {
        return TableId.of(DATABASE, "t" + COUNT.incrementAndGet());
    }

    private static String[] statements(TableId table, String metadata, String type, List<String> literals) {
        List<String> statements = new ArrayList<>(List.of(
                "set global binlog_row_metadata = " + metadata,
                "set sql_mode = 'ALLOW_INVALID_DATES'",
                "set time_zone = '+00:00'",
                "create database if not exists " + DATABASE));
        statements.add("create table " + table + " (id int unsigned primary key auto_increment, c " + type
                + ", u smallint unsigned not null default 65535, e enum('x', 'y') default 'y',"
                + " s varchar(5) character set cp1251 default 'я')");
        literals.forEach(literal -> statements.add("insert into " + table + " (c) values (" + literal + ")"));
        statements.add("insert into " + table + " (c) values (null)");
        return statements.toArray(String[]::new);
    }

    private static List<String> printed(MySqlServer server, TableId table, String oracle, LogRows rows)
            throws SQLException {
        DataType type = rows.batches().getFirst().schema().columns().get(1).type();
        boolean floating = type instanceof DataType.Float32 || type instanceof DataType.Float64;
        List<String> printed = new ArrayList<>();
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("set time_zone = '+00:00'");
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
