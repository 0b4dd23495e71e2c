package dev.millrace.source.mysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigException;
import dev.millrace.config.Problem;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import dev.millrace.source.mysql.snapshot.Locking;
import dev.millrace.source.mysql.types.TypePolicy;
import dev.millrace.source.mysql.types.TypePolicy.Times;
import dev.millrace.source.mysql.types.TypePolicy.ZeroDates;
import dev.millrace.source.mysql.wire.TlsSettings;
import dev.millrace.source.mysql.wire.TlsSettings.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlConfigReaderTest {
    private static Map<String, String> keys(String... more) {
        Map<String, String> keys =
                new LinkedHashMap<>(Map.of("hostname", "db.example", "username", "cdc", "tables", "shop.\\.*"));
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        return keys;
    }

    private static MySqlConfig read(String... more) {
        return MySqlConfigReader.read(TestServers.section(keys(more)), "shop_to_lake");
    }

    @Test
    void needsLittle() {
        MySqlConfig config = read();

        assertThat(config.server().toString()).isEqualTo("db.example:3306");
        assertThat(config.server().tls()).isEqualTo(TlsSettings.of(Mode.PREFERRED));
        assertThat(config.server().connectTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.startup()).isEqualTo(new Startup.Initial());
        assertThat(config.locking()).isEqualTo(Locking.AUTO);
        assertThat(config.chunkRows()).isEqualTo(OptionalInt.empty());
        assertThat(config.types()).isEqualTo(TypePolicy.STRICT);
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesEveryKey() {
        MySqlConfig config = read(
                "port", "3307",
                "password", "secret word",
                "server-id", "5401-5404",
                "snapshot.locking", "table",
                "scan.incremental.snapshot.chunk.size", "1000",
                "sslmode", "verify_identity",
                "sslrootcert", "/ca.pem",
                "connect.timeout", "5s",
                "heartbeat.interval", "3s",
                "treat-tinyint1-as-boolean.enabled", "true",
                "zero-dates", "as-null",
                "time.as", "text");

        assertThat(config.server().port()).isEqualTo(3307);
        assertThat(config.server().password().reveal()).isEqualTo("secret word");
        assertThat(config.toString()).doesNotContain("secret word");
        assertThat(config.server().tls())
                .isEqualTo(new TlsSettings(Mode.VERIFY_IDENTITY, Optional.of(Path.of("/ca.pem"))));
        assertThat(config.server().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.replica()).isEqualTo(5401);
        assertThat(config.locking()).isEqualTo(Locking.TABLE);
        assertThat(config.chunkRows()).hasValue(1000);
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.types()).isEqualTo(new TypePolicy(ZeroDates.NULL, Times.TEXT, true));
    }

    @Test
    void derivesAServerIdThatStaysTheSameAndThatOthersHardlyHave() {
        assertThat(read().replica()).isEqualTo(read().replica()).isBetween(1L << 30, 0xffffffffL);
        assertThat(MySqlConfigReader.derivedId("one")).isNotEqualTo(MySqlConfigReader.derivedId("two"));
    }

    @Test
    void beginsWhereItIsTold() {
        assertThat(startup("snapshot")).isEqualTo(new Startup.Snapshot());
        assertThat(startup("latest-offset")).isEqualTo(new Startup.Latest());
        assertThat(startup("earliest-offset")).isEqualTo(new Startup.Earliest());
        assertThat(startup("timestamp", "scan.startup.timestamp-millis", "1667232000000"))
                .isEqualTo(new Startup.Since(Instant.parse("2022-10-31T16:00:00Z")));
        assertThat(startup(
                        "specific-offset",
                        "scan.startup.specific-offset.file",
                        "mysql-bin.000003",
                        "scan.startup.specific-offset.pos",
                        "1057"))
                .isEqualTo(new Startup.Specific(new LogStart.At(new BinlogPlace("mysql-bin.000003", 1057))));
        assertThat(startup("specific-offset", "scan.startup.specific-offset.file", "mysql-bin.000003"))
                .isEqualTo(new Startup.Specific(new LogStart.At(new BinlogPlace("mysql-bin.000003", 4))));
        String gtids = "24da167-0c0c-11e8-8442-00059a3c7b00:1-19".replace("24da167", "024da167");
        assertThat(startup("specific-offset", "scan.startup.specific-offset.gtid-set", gtids))
                .isEqualTo(new Startup.Specific(new LogStart.After(GtidSet.parse(gtids))));
        assertThat(startup("specific-offset", "scan.startup.specific-offset.gtid-set", "0-1-42,7-1-3"))
                .isEqualTo(new Startup.Specific(new LogStart.AfterMariaDb(MariaDbGtidList.parse("0-1-42,7-1-3"))));
    }

    private static Startup startup(String mode, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "scan.startup.mode";
        all[1] = mode;
        System.arraycopy(more, 0, all, 2, more.length);
        return read(all).startup();
    }

    @ParameterizedTest
    @CsvSource({
        "specific-offset, scan.startup.specific-offset.pos, 4, names no place",
        "specific-offset, scan.startup.specific-offset.gtid-set, 1-2, gtid-set",
        "timestamp, name, x, names none",
        "timestamp, scan.startup.timestamp-millis, yesterday, yesterday",
        "initial, scan.startup.specific-offset.skip-events, 3, within a transaction",
        "initial, scan.startup.specific-offset.skip-rows, 3, within a transaction",
    })
    void refusesPlacesThatAreNone(String mode, String key, String value, String message) {
        assertThatThrownBy(() -> read("scan.startup.mode", mode, key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesOverWhatTheDriversPropertiesMeanHere() {
        assertThat(tls("sslMode", "VERIFY_CA")).isEqualTo(Mode.VERIFY_CA);
        assertThat(tls("useSSL", "false")).isEqualTo(Mode.DISABLED);
        assertThat(tls("requireSSL", "true")).isEqualTo(Mode.REQUIRED);
        assertThat(tls("verifyServerCertificate", "true")).isEqualTo(Mode.VERIFY_CA);
        assertThat(tls("useUnicode", "true")).isEqualTo(Mode.PREFERRED);
        assertThat(read("jdbc.properties.connectTimeout", "1500").server().connectTimeout())
                .isEqualTo(Duration.ofMillis(1500));
        assertThat(read("jdbc.properties.zeroDateTimeBehavior", "CONVERT_TO_NULL")
                        .types()
                        .zeroDates())
                .isEqualTo(ZeroDates.NULL);
    }

    private static Mode tls(String key, String value) {
        return read("jdbc.properties." + key, value).server().tls().mode();
    }

    @Test
    void leavesAsideWhatOnlyFlinkCdcNeeds() {
        assertThat(read(
                        "name", "MySQL Source",
                        "server-time-zone", "Asia/Shanghai",
                        "scan.snapshot.fetch.size", "1024",
                        "connection.pool.size", "20",
                        "connect.max-retries", "3",
                        "chunk-meta.group.size", "1000",
                        "chunk-key.even-distribution.factor.upper-bound", "1000.0",
                        "scan.incremental.snapshot.chunk.key-column", "shop.orders:id",
                        "scan.newly-added-table.enabled", "true",
                        "scan.binlog.newly-added-table.enabled", "true",
                        "scan.parse.online.schema.changes.enabled", "true",
                        "use.legacy.json.format", "true",
                        "include-comments.enabled", "true",
                        "schema-change.enabled", "true",
                        "jdbc.properties.useUnicode", "true",
                        "jdbc.properties.tinyInt1isBit", "false"))
                .hasToString(read().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "max.queue.size, 8192",
        "snapshot.locking.mode, none",
        "binlog.buffer.size, 1024",
        "snapshot.mode, schema_only",
        "bigint.unsigned.handling.mode, precise",
        "connect.keep.alive, true",
        "database.connectionTimeZone, UTC",
    })
    void leavesKeysOfDebeziumAsideThatChangeNothing(String key, String value) {
        assertThat(read("debezium." + key, value)).hasToString(read().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "debezium.column.exclude.list, shop.t.secret, as they are",
        "debezium.bigint.unsigned.handling.mode, long, types",
        "debezium.time.precision.mode, connect, types",
        "debezium.skipped.operations, d, Every change is carried",
        "debezium.gtid.source.includes, abc, all servers",
        "debezium.database.include.list, shop, tables",
        "debezium.inconsistent.schema.handling.mode, skip, stops the pipeline",
        "debezium.database.ssl.mode, required, sslmode",
        "debezium.no.such.key, 1, take the key out",
        "jdbc.properties.zeroDateTimeBehavior, ROUND, zero-dates",
        "jdbc.properties.trustCertificateKeyStoreUrl, file:x, sslrootcert",
        "jdbc.properties.tinyInt1isBit, true, treat-tinyint1-as-boolean.enabled",
        "snapshot.locking, optimistic, auto",
        "metadata.list, op_ts, own columns",
        "scan.read-changelog-as-append-only.enabled, true, updates and deletions",
        "server-id, 0, no other reader",
        "server-id, 9-4, no other reader",
        "server-id, 4294967296, no other reader",
        "sslmode, strict, verify_identity",
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
        Map<String, String> keys =
                keys("scan.startup.mode", "earliest", "tabels", "x", "port", "0", "snapshot.locking", "none");
        keys.remove("hostname");
        assertThatThrownBy(() -> MySqlConfigReader.read(TestServers.section(keys), "p"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::message)
                                .anyMatch(message -> message.contains("lacks 'hostname'"))
                                .anyMatch(message -> message.contains("'scan.startup.mode' is 'earliest'"))
                                .anyMatch(message -> message.contains("'tabels'"))
                                .anyMatch(message -> message.contains("'port' is '0'"))
                                .anyMatch(message -> message.contains("'snapshot.locking' is 'none'"))
                                .hasSize(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "shop.public.orders", "shop.[", " , "})
    void refusesTablesThatCannotBeMeant(String tables) {
        assertThatThrownBy(() -> read("tables", tables))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'tables' can't be used")
                .hasMessageContaining("database.table");
    }

    @Test
    void takesTablesOfSeveralDatabases() {
        MySqlConfig config = read("tables", "shop.orders, crm_[0-9]+.\\.*", "tables.exclude", "crm_2.tmp\\.*");
        assertThat(config.tables().match(TableId.of("shop", "orders"))).isTrue();
        assertThat(config.tables().match(TableId.of("crm_7", "people"))).isTrue();
        assertThat(config.tables().match(TableId.of("crm_2", "tmp1"))).isFalse();
        assertThat(config.tables().match(TableId.of("hr", "people"))).isFalse();
    }
}
