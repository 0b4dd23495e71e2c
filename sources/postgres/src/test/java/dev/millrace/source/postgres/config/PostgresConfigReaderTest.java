package dev.millrace.source.postgres.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigException;
import dev.millrace.config.Problem;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.connection.TlsSettings;
import dev.millrace.source.relational.config.TablePatterns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConfigReaderTest {
    private static Map<String, String> keys(String... more) {
        Map<String, String> keys =
                new LinkedHashMap<>(Map.of("hostname", "db.example", "username", "cdc", "tables", "shop.public.\\.*"));
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        return keys;
    }

    private static PostgresConfig read(String... more) {
        return PostgresConfigReader.read(TestDatabase.section(keys(more)), "shop_to_lake");
    }

    @Test
    void needsLittle() {
        PostgresConfig config = read();

        assertThat(config.server().toString()).isEqualTo("db.example:5432/shop");
        assertThat(config.server().tls()).isEqualTo(TlsSettings.of(TlsSettings.Mode.PREFER));
        assertThat(config.server().connectTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.slot()).isEqualTo("millrace_shop_to_lake");
        assertThat(config.publication()).isEqualTo("millrace_shop_to_lake");
        assertThat(config.startup()).isEqualTo(StartupMode.INITIAL);
        assertThat(config.chunkRows()).isEqualTo(OptionalInt.empty());
    }

    @Test
    void takesEveryKey() {
        PostgresConfig config = read(
                "port",
                "6543",
                "password",
                "secret word",
                "slot.name",
                "my_slot",
                "publication.name",
                "My Pub",
                "scan.startup.mode",
                "latest-offset",
                "sslmode",
                "verify-full",
                "sslrootcert",
                "/ca.pem",
                "sslcert",
                "/me.pem",
                "sslkey",
                "/me.pk8",
                "connect.timeout",
                "5s",
                "jdbc.properties.socketTimeout",
                "60",
                "scan.incremental.snapshot.chunk.size",
                "1000",
                "decoding.plugin.name",
                "pgoutput");

        assertThat(config.server().port()).isEqualTo(6543);
        assertThat(config.server().password().orElseThrow().reveal()).isEqualTo("secret word");
        assertThat(config.toString()).doesNotContain("secret word");
        assertThat(config.slot()).isEqualTo("my_slot");
        assertThat(config.publication()).isEqualTo("My Pub");
        assertThat(config.startup()).isEqualTo(StartupMode.LATEST_OFFSET);
        assertThat(config.server().tls().mode().spelling()).isEqualTo("verify-full");
        assertThat(config.server().tls().rootCertificate()).contains("/ca.pem");
        assertThat(config.server().driver()).containsExactly(Map.entry("socketTimeout", "60"));
        assertThat(config.chunkRows()).hasValue(1000);
    }

    @Test
    void leavesAsideWhatOnlyFlinkCdcNeeds() {
        assertThat(read(
                        "heartbeat.interval",
                        "10s",
                        "debezium.snapshot.mode",
                        "never",
                        "scan.snapshot.fetch.size",
                        "1024",
                        "connection.pool.size",
                        "20",
                        "server-time-zone",
                        "UTC",
                        "chunk-meta.group.size",
                        "1000"))
                .hasToString(read().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "max.queue.size, 8192",
        "heartbeat.action.query, select 1",
        "decimal.handling.mode, Precise",
        "schema.history.internal.store.only.captured.tables.ddl, true",
        "skipped.operations, none",
        "plugin.name, pgoutput",
    })
    void leavesKeysOfDebeziumAsideThatChangeNothing(String key, String value) {
        assertThat(read("debezium." + key, value)).hasToString(read().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "debezium.column.exclude.list, public.t.secret, as they are",
        "debezium.column.include.list, public.t.a, as they are",
        "debezium.column.mask.with.12.chars, public.t.secret, as they are",
        "debezium.column.truncate.to.20.chars, public.t.a, as they are",
        "debezium.skipped.operations, d, Every change is carried",
        "debezium.message.key.columns, public.t:a, primary key",
        "debezium.snapshot.select.statement.overrides, public.t, read whole",
        "debezium.snapshot.select.statement.overrides.public.t, select 1, read whole",
        "debezium.snapshot.mode, always, scan.startup.mode",
        "debezium.decimal.handling.mode, double, types",
        "debezium.interval.handling.mode, numeric, types",
        "debezium.time.precision.mode, connect, types",
        "debezium.event.processing.failure.handling.mode, skip, stops the pipeline",
        "debezium.transforms, unwrap, as they are",
        "debezium.transforms.unwrap.type, x, as they are",
        "debezium.table.include.list, public.t, tables",
        "debezium.slot.name, mine, slot.name",
        "debezium.database.sslmode, require, sslmode",
        "debezium.plugin.name, wal2json, pgoutput",
        "debezium.no.such.key, 1, take the key out",
        "metadata.list, op_ts, own columns",
        "table-id.include-database, true, sink-table",
    })
    void refusesKeysThatWouldChangeWhatArrives(String key, String value, String fix) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.message()).contains("'" + key + "'");
                            assertThat(problem.fix()).contains(fix);
                        }));
    }

    @Test
    void showsAllProblemsAtOnce() {
        Map<String, String> keys = keys(
                "slot.name",
                "My-Slot",
                "scan.startup.mode",
                "earliest",
                "decoding.plugin.name",
                "wal2json",
                "tabels",
                "x",
                "port",
                "0");
        keys.remove("hostname");
        assertThatThrownBy(() -> PostgresConfigReader.read(TestDatabase.section(keys), "p"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::message)
                                .anyMatch(message -> message.contains("lacks 'hostname'"))
                                .anyMatch(message -> message.contains("'slot.name' is 'My-Slot'"))
                                .anyMatch(message -> message.contains("'scan.startup.mode' is 'earliest'"))
                                .anyMatch(message -> message.contains("'decoding.plugin.name' is 'wal2json'"))
                                .anyMatch(message -> message.contains("'tabels'"))
                                .anyMatch(message -> message.contains("'port' is '0'"))
                                .hasSize(6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public.orders",
                "shop.public.orders.more",
                "shop.public.a, other.public.b",
                "shop.public.[",
                " , "
            })
    void refusesTablesThatCannotBeMeant(String tables) {
        assertThatThrownBy(() -> read("tables", tables))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'tables' can't be used")
                .hasMessageContaining("database.schema.table");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "shop.public.\\.*; public; anything; true",
                "shop.public.\\.*; private; anything; false",
                "shop.public.orders; public; orders; true",
                "shop.public.orders; public; Orders; true",
                "shop.public.orders; public; orders_old; false",
                "shop.public.orders_[0-9]+; public; orders_12; true",
                "shop.\\.*.(a|b); x; b; true",
                "shop.public.a, shop.other.b; other; b; true",
                "shop.public.a{1\\,3}; public; aaa; true",
                "shop.public.a[\\.]b; public; a.b; true",
            })
    void matchesTablesAsFlinkCdcDoes(String tables, String schema, String name, boolean matches) {
        assertThat(read("tables", tables).tables().match(new TableId("shop", schema, name)))
                .isEqualTo(matches);
    }

    @Test
    void leavesExcludedTablesOut() {
        TablePatterns tables = read("tables.exclude", "shop.public.tmp_\\.*").tables();
        assertThat(tables.match(new TableId("shop", "public", "tmp_1"))).isFalse();
        assertThat(tables.match(new TableId("shop", "public", "orders"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Shop to Lake",
                "shop-to-lake",
                "ünï 😀",
                "a_name_that_is_much_longer_than_what_postgresql_takes_for_a_slots_name"
            })
    void derivesSlotNamesThatTheServerTakes(String pipeline) {
        String name = PostgresConfigReader.derivedName(pipeline);
        assertThat(name).matches("[a-z0-9_]{1,63}").startsWith("millrace_");
        assertThat(PostgresConfigReader.derivedName("Shop to Lake"))
                .isNotEqualTo(PostgresConfigReader.derivedName("Shop.to.Lake"));
    }
}
