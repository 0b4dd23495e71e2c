package dev.millrace.source.mysql.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.catalog.MySqlColumn.Generated;
import dev.millrace.source.mysql.catalog.MySqlTable.KeyKind;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.mysql.wire.TlsSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogReaderTest {
    @ParameterizedTest
    @EnumSource
    void describesColumnsAsTheyWereMade(MySqlRelease release) throws SQLException {
        MySqlTable table = one(
                release,
                "create table catalog_test.t (id int unsigned not null comment 'the ''key''', n decimal(12,3) default 1.500,"
                        + " name varchar(40) character set latin1 collate latin1_german1_ci not null default 'x',"
                        + " twice int generated always as (id * 2) virtual, half int generated always as (id div 2) stored,"
                        + " hidden int invisible, kind enum('a', 'it''s', 'back\\\\slash', 'new\\nline', 'ç'), j json,"
                        + " at timestamp(3) null, b bit(12), z int(8) zerofill, primary key (id)) comment 'of ''all'' kinds'");

        assertThat(table.comment()).contains("of 'all' kinds");
        assertThat(table.keyKind()).isEqualTo(KeyKind.PRIMARY);
        assertThat(table.storage().engine()).isEqualTo("InnoDB");
        assertThat(table.storage().created()).startsWith("20");
        assertThat(table.columns())
                .extracting(MySqlColumn::name)
                .containsExactly("id", "n", "name", "twice", "half", "hidden", "kind", "j", "at", "b", "z");
        assertThat(table.columns())
                .extracting(column -> column.type().name())
                .containsExactly(
                        "int", "decimal", "varchar", "int", "int", "int", "enum", "json", "timestamp", "bit", "int");
        MySqlColumn id = table.columns().get(0);
        assertThat(id.comment()).contains("the 'key'");
        assertThat(id.nullable()).isFalse();
        assertThat(id.type().isUnsigned()).isTrue();
        assertThat(id.defaultValue()).isEmpty();
        assertThat(table.columns().get(1).defaultValue()).contains("1.500");
        assertThat(table.columns().get(1).type().size()).isEqualTo(new ColumnType.Size(0, 0, 12, 3));
        ColumnType name = table.columns().get(2).type();
        assertThat(name.text()).isEqualTo("varchar(40)");
        assertThat(name.characterSet()).isEqualTo("latin1");
        assertThat(name.collation()).isEqualTo("latin1_german1_ci");
        assertThat(name.size()).isEqualTo(new ColumnType.Size(40, 40, 0, 0));
        assertThat(table.columns().get(3).generated()).isEqualTo(Generated.VIRTUAL);
        assertThat(table.columns().get(4).generated()).isEqualTo(Generated.STORED);
        assertThat(table.columns().get(5).generated()).isEqualTo(Generated.NO);
        assertThat(table.columns())
                .filteredOn(column -> !column.visible())
                .containsExactly(table.columns().get(5));
        assertThat(table.columns().get(6).type().labels())
                .containsExactly("a", "it's", "back\\slash", "new\nline", "ç");
        assertThat(table.columns().get(8).type().size().precision()).isEqualTo(3);
        assertThat(table.columns().get(9).type().size().precision()).isEqualTo(12);
        assertThat(table.columns().get(10).type().isUnsigned()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void takesTheShortestUniqueIndexWithoutNullsWhereThereIsNoPrimaryKey(MySqlRelease release) throws SQLException {
        assertThat(one(
                                release,
                                "create table catalog_test.t (a varchar(10) not null, b int not null, c int, d int not null,"
                                        + " unique (c), unique two (b, d), unique text (a), unique number (d))")
                        .keyNames())
                .containsExactly("d");
        assertThat(one(release, "create table catalog_test.t (a int, b int not null, unique (a), index (b))")
                        .keyKind())
                .isEqualTo(KeyKind.NONE);
        MySqlTable composite = one(
                release,
                "create table catalog_test.t (a int, b int, c varchar(9) not null, unique one (c), primary key (b, a))");
        assertThat(composite.key()).containsExactly(1, 0);
        assertThat(composite.identity().index()).isEqualTo("PRIMARY");
        MySqlTable prefix = one(release, "create table catalog_test.t (a text not null, primary key (a(20)))");
        assertThat(prefix.keyNames()).containsExactly("a");
        assertThat(prefix.identity().whole()).isFalse();
    }

    @Test
    void passesOverFunctionalAndInvisibleIndexes() throws SQLException {
        assertThat(one(
                                MySqlRelease.MYSQL_8_0,
                                "create table catalog_test.t (a int not null, b int not null, c int not null,"
                                        + " unique f ((abs(a))), unique first (b, c), unique hidden (a) invisible)")
                        .keyNames())
                .containsExactly("b", "c");
    }

    @ParameterizedTest
    @EnumSource
    void findsTablesOfAnyNameAndLeavesViewsOut(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        List<String> names =
                List.of("Upper", "upper", "with.dot", "it's", "back`tick", "sp ace", "☕", "per%cent_", "q\"");
        recreate(server);
        for (String name : names) {
            String quoted = "catalog_test." + Quoting.identifier(name);
            TestServers.execute(
                    server, "create table " + quoted + " (" + Quoting.identifier(name) + " int primary key)");
        }
        TestServers.execute(server, "create view catalog_test.a_view as select 1");
        if (release.isMariaDb()) {
            TestServers.execute(server, "create sequence catalog_test.numbers");
        }

        List<MySqlTable> tables = read(server);

        assertThat(tables).extracting(table -> table.id().name()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(tables).allSatisfy(table -> {
            assertThat(table.columns().getFirst().name()).isEqualTo(table.id().name());
            assertThat(table.keyNames()).containsExactly(table.id().name());
        });
    }

    @ParameterizedTest
    @EnumSource
    void refusesByNameWhatTheUserMayNotSelect(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        recreate(server);
        TestServers.execute(
                server,
                "create table catalog_test.free (a int)",
                "create table catalog_test.write_only (a int, b int)",
                "create table catalog_test.in_part (a int, secret int)",
                "create user if not exists reader",
                "grant select on catalog_test.free to reader",
                "grant insert on catalog_test.write_only to reader",
                "grant select (a) on catalog_test.in_part to reader");

        assertThat(readAs(server, "free")).hasSize(1);
        assertRefused(server, "write_only", "a of catalog_test.write_only, b of catalog_test.write_only");
        assertRefused(server, "in_part", "in_part");
    }

    @Test
    void refusesSystemVersionedTablesByName() throws SQLException {
        assertThatThrownBy(() -> one(
                        MySqlRelease.MARIADB_11_4,
                        "create table catalog_test.t (a int primary key) with system versioning"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.UNSUPPORTED))
                .hasMessageContaining("catalog_test.t");
    }

    @ParameterizedTest
    @EnumSource
    void readsAThousandTablesInAFewSeconds(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        recreate(server);
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            statements.add("create table catalog_test.t" + i
                    + " (id int primary key, a varchar(10), b decimal(9,2), c datetime, d enum('x', 'y'))");
        }
        TestServers.execute(server, statements.toArray(String[]::new));

        long start = System.nanoTime();
        List<MySqlTable> tables = read(server);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(tables)
                .hasSize(1000)
                .allSatisfy(table -> assertThat(table.columns()).hasSize(5));
        assertThat(took).isLessThan(Duration.ofSeconds(20));
        recreate(server);
    }

    private static void assertRefused(MySqlServer server, String table, String named) {
        assertThatThrownBy(() -> readAs(server, table))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.PRIVILEGE))
                .hasMessageContaining(named);
    }

    private static List<MySqlTable> readAs(MySqlServer server, String table) {
        try (ServerSession session = ServerSession.open(
                TestServers.address(server, "reader", "", TlsSettings.of(TlsSettings.Mode.PREFERRED)))) {
            return new CatalogReader(session).read(id -> id.equals(TableId.of("catalog_test", table)));
        }
    }

    private static MySqlTable one(MySqlRelease release, String create) throws SQLException {
        MySqlServer server = TestServers.on(release);
        recreate(server);
        TestServers.execute(server, create);
        return read(server).getFirst();
    }

    private static void recreate(MySqlServer server) throws SQLException {
        TestServers.execute(
                server, "set names utf8mb4", "drop database if exists catalog_test", "create database catalog_test");
    }

    private static List<MySqlTable> read(MySqlServer server) {
        try (ServerSession session = TestServers.session(server)) {
            return new CatalogReader(session).read(id -> id.database().equals("catalog_test"));
        }
    }
}
