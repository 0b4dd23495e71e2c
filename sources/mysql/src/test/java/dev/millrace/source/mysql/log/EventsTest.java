package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.Operation;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.event.LogEvent;
import dev.millrace.source.mysql.event.TableMap;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {
    private static final String[] THREE_CHANGES = {
        "create database if not exists events",
        "create or replace table events.t (id int primary key, name varchar(10), note text)",
        "insert into events.t values (1, 'one', null), (2, 'two', 'x')",
        "update events.t set name = 'eins', note = 'y' where id = 1",
        "delete from events.t where id = 2"
    };

    private static String[] threeChanges(MySqlRelease release) {
        String[] statements = THREE_CHANGES.clone();
        if (!release.isMariaDb()) {
            statements[1] = statements[1].replace("or replace ", "");
        }
        List<String> all = new ArrayList<>(List.of("drop database if exists events"));
        all.addAll(List.of(statements));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void showsRowsBeforeAndAfterEachChange(MySqlRelease release) throws SQLException {
        LogRows rows = LogRows.of(TestServers.on(release), "t", threeChanges(release));

        assertThat(lines(rows))
                .containsExactly(
                        "INSERT 1 one null",
                        "INSERT 2 two x",
                        "UPDATE_BEFORE 1 one null",
                        "UPDATE_AFTER 1 eins y",
                        "DELETE 2 two x");
    }

    @ParameterizedTest
    @EnumSource
    void holdsNamesKeysAndNullabilityOfItsTime(MySqlRelease release) throws SQLException {
        LogRows rows = LogRows.of(
                TestServers.on(release),
                "named",
                "create database if not exists events",
                "drop table if exists events.named",
                "create table events.named (a int not null, b varchar(5), c int not null, primary key (c, a))",
                "insert into events.named values (1, 'x', 2)",
                "alter table events.named rename column b to ж",
                "insert into events.named values (3, 'y', 4)");

        TableMap first = rows.maps().getFirst();
        assertThat(first.hasNames()).isTrue();
        assertThat(first.columns()).extracting(column -> column.name()).containsExactly("a", "b", "c");
        assertThat(first.columns()).extracting(column -> column.nullable()).containsExactly(false, true, false);
        assertThat(first.primaryKey()).containsExactly(2, 0);
        assertThat(rows.maps().getLast().columns())
                .extracting(column -> column.name())
                .containsExactly("a", "ж", "c");
    }

    @Test
    void keepsTheLabelsOfItsTime() throws SQLException {
        LogRows rows = LogRows.of(
                TestServers.on(MySqlRelease.MYSQL_8_0),
                "labels",
                "create database if not exists events",
                "create table events.labels (id int, e enum('a', 'b'))",
                "insert into events.labels values (1, 'b')",
                "alter table events.labels modify e enum('b', 'c')",
                "insert into events.labels values (2, 'b')");

        assertThat(rows.cells(1)).containsExactly("b", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MINIMAL", "NOBLOB"})
    void marksCellsThatTheImageLacks(String image) throws SQLException {
        for (MySqlRelease release : MySqlRelease.values()) {
            List<String> statements = new ArrayList<>(List.of(threeChanges(release)));
            statements.addFirst("set binlog_row_image = '" + image + "'");
            LogRows rows = LogRows.of(TestServers.on(release), "t", statements.toArray(String[]::new));

            assertThat(lines(rows))
                    .contains(
                            image.equals("MINIMAL")
                                    ? "UPDATE_BEFORE 1 unchanged unchanged"
                                    : "UPDATE_BEFORE 1 one unchanged",
                            image.equals("MINIMAL") ? "UPDATE_AFTER unchanged eins y" : "UPDATE_AFTER 1 eins y",
                            image.equals("MINIMAL") ? "DELETE 2 unchanged unchanged" : "DELETE 2 two unchanged");
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhichTransactionAndStatementItIs(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        LogRows rows = LogRows.of(server, "t", threeChanges(release));

        assertThat(rows.controls(LogEvent.Commit.class)).hasSize(3);
        assertThat(rows.controls(LogEvent.Statement.class)).anySatisfy(statement -> {
            assertThat(new String(statement.text(), StandardCharsets.UTF_8)).contains("create");
            assertThat(statement.collation()).isPositive();
        });
        if (release.isMariaDb()) {
            List<LogEvent.MariaDbBegin> begins = rows.controls(LogEvent.MariaDbBegin.class);
            assertThat(begins.stream().filter(begin -> !begin.alone())).hasSize(3);
            MariaDbGtidList executed = MariaDbGtidList.parse(
                    TestServers.query(server, "select @@global.gtid_binlog_pos").getFirst());
            assertThat(MariaDbGtidList.EMPTY.with(begins.getLast().gtid())).isEqualTo(executed);
        } else {
            GtidSet executed = GtidSet.parse(
                    TestServers.query(server, "select @@global.gtid_executed").getFirst());
            assertThat(rows.controls(LogEvent.Begin.class))
                    .hasSizeGreaterThan(4)
                    .allSatisfy(begin -> {
                        assertThat(executed.contains(begin.source(), begin.number()))
                                .isTrue();
                        assertThat(begin.commitMicros() / 1_000_000).isBetween(1_700_000_000L, 4_000_000_000L);
                    });
        }
    }

    @Test
    void unpacksCompressedTransactions() throws SQLException {
        List<String> statements = new ArrayList<>(List.of(threeChanges(MySqlRelease.MYSQL_8_0)));
        statements.addFirst("set binlog_transaction_compression = on");
        statements.addAll(List.of(
                "begin",
                "insert into events.t select n, n, repeat('y', 9000) from (with recursive s as (select 10 as n union all"
                        + " select n + 1 from s where n < 900) select n from s) as numbers",
                "update events.t set name = 'more'",
                "commit"));

        LogRows rows = LogRows.of(TestServers.on(MySqlRelease.MYSQL_8_0), "t", statements.toArray(String[]::new));

        assertThat(lines(rows)).hasSize(5 + 891 + 2 * 892).contains("UPDATE_AFTER 1 more y");
        assertThat(rows.controls(LogEvent.Commit.class)).hasSize(4);
    }

    @Test
    void unpacksEventsThatMariaDbCompressed() throws SQLException {
        List<String> statements = new ArrayList<>(List.of(threeChanges(MySqlRelease.MARIADB_11_4)));
        statements.add("insert into events.t values (7, 'seven', repeat('z', 60000))");
        statements.add("update events.t set name = 'sieben' where id = 7");
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(MySqlRelease.MARIADB_11_4)
                .with("log-bin-compress", "ON")
                .with("log-bin-compress-min-len", "10"))) {
            LogRows rows = LogRows.of(server, "t", statements.toArray(String[]::new));

            String large = "z".repeat(60_000);
            assertThat(lines(rows))
                    .contains(
                            "INSERT 1 one null",
                            "DELETE 2 two x",
                            "INSERT 7 seven " + large,
                            "UPDATE_BEFORE 7 seven " + large,
                            "UPDATE_AFTER 7 sieben " + large);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsLogsWithoutChecksumsGtidsAndMetadata(MySqlRelease release) throws SQLException {
        MySqlSettings settings = MySqlSettings.of(release)
                .with("binlog-checksum", "NONE")
                .with("binlog-row-metadata", release.isMariaDb() ? "NO_LOG" : "MINIMAL");
        if (!release.isMariaDb()) {
            settings = settings.with("gtid-mode", "OFF").with("enforce-gtid-consistency", "OFF");
        }
        try (MySqlServer server = MySqlServer.started(settings)) {
            LogRows rows = LogRows.of(
                    server,
                    "plain",
                    "create database events",
                    "create table events.plain (a int, b bigint)",
                    "insert into events.plain values (1, -2)");

            assertThat(rows.cells(0)).containsExactly("1");
            assertThat(rows.cells(1)).containsExactly("-2");
            assertThat(rows.maps().getFirst().hasNames()).isFalse();
            assertThat(rows.controls(LogEvent.Format.class))
                    .allSatisfy(format -> assertThat(format.hasChecksums()).isFalse());
            if (!release.isMariaDb()) {
                assertThat(rows.controls(LogEvent.AnonymousBegin.class)).isNotEmpty();
            }
        }
    }

    @Test
    void namesTheTableOfPartialUpdatesOfJson() throws SQLException {
        LogRows rows = LogRows.of(
                TestServers.on(MySqlRelease.MYSQL_8_0),
                "partial",
                "set binlog_row_value_options = PARTIAL_JSON",
                "create database if not exists events",
                "create table events.partial (id int primary key, j json)",
                "insert into events.partial values (1, json_object('a', repeat('x', 100), 'b', 1))",
                "update events.partial set j = json_set(j, '$.b', 2)");

        assertThat(rows.controls(LogEvent.PartialUpdate.class))
                .singleElement()
                .satisfies(update -> assertThat(update.table().table()).isEqualTo("partial"));
    }

    private static List<String> lines(LogRows rows) {
        List<String> lines = new ArrayList<>();
        for (ChangeBatch batch : rows.batches()) {
            for (int row = 0; row < batch.rows(); row++) {
                int at = row;
                Operation operation = batch.operation(row);
                lines.add(operation + " "
                        + String.join(
                                " ",
                                IntStream.range(0, batch.schema().columns().size())
                                        .mapToObj(column -> CellText.of(
                                                batch.schema()
                                                        .columns()
                                                        .get(column)
                                                        .type(),
                                                batch.column(column),
                                                at))
                                        .toList()));
            }
        }
        return lines;
    }
}
