package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.LogSplit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of the log that can't be read for now, while the slot has lost nothing. */
class MissingLogTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void isNotTakenForLostWhereTheSlotSaysOtherwise(int major) throws Exception {
        try (PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(major)
                        .in(folder.resolve("server"))
                        .with("fsync", "off"));
                TestDatabase database = TestDatabase.on(server)) {
            database.execute("create table t (id int primary key)");
            LogSplit split = LogHarness.here(database);
            database.execute("insert into t values (1)", "select pg_switch_wal()", "insert into t values (2)");
            String name = database.query("select pg_walfile_name(restart_lsn) from pg_replication_slots")
                    .getFirst();
            Path file =
                    folder.resolve("server").resolve("data").resolve("pg_wal").resolve(name);
            Path away = Files.move(file, folder.resolve(name));

            assertThatThrownBy(() -> {
                        try (LogHarness log = LogHarness.open(database, split)) {
                            log.catchUp();
                        }
                    })
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(PostgresError.STATEMENT))
                    .hasMessageContaining(name);

            Files.move(away, file);
            database.awaitFreeSlots();
            try (LogHarness log = LogHarness.open(database, split)) {
                assertThat(log.catchUp().changes).containsExactly("INSERT t 1", "INSERT t 2");
            }
        }
    }
}
