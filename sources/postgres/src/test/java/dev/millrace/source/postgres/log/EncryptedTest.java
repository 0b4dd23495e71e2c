package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.servers.PostgresAccess;
import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import dev.millrace.servers.TlsFiles;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.connection.ServerAddress;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.connection.TlsSettings;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.SplitReader.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedTest {
    @TempDir
    Path folder;

    @Test
    void readsAndWaitsThroughTls() throws Exception {
        TlsFiles files = TlsFiles.selfSigned(folder);
        PostgresSettings settings =
                PostgresSettings.ofMajor(18).with(PostgresAccess.trust().withTls(files));
        try (PostgresServer server = PostgresServer.started(settings);
                TestDatabase database = TestDatabase.on(server)) {
            database.execute("create table t (id int primary key, filler text)");
            LogSplit split = LogHarness.here(database);
            try (LogHarness log = LogHarness.open(database, split, sessions(database, files))) {
                database.execute("insert into t select i, repeat('x', 1000) from generate_series(1, 5000) i");
                assertThat(log.catchUp().changes).hasSize(5000).doesNotHaveDuplicates();
                while (log.poll(Purpose.READ) != Progress.IDLE) {}
                database.execute("insert into t values (0, 'late')");
                assertThat(log.catchUp().changes).hasSize(5001).contains("INSERT t 0|late");
                log.acknowledge();
            }
        }
    }

    private static Sessions sessions(TestDatabase database, TlsFiles files) {
        return new Sessions(
                new ServerAddress(
                        "localhost",
                        database.server().port(),
                        database.name(),
                        database.server().user(),
                        Optional.empty(),
                        new TlsSettings(
                                TlsSettings.Mode.VERIFY_FULL,
                                Optional.of(files.certificate().toString()),
                                Optional.empty(),
                                Optional.empty()),
                        Duration.ofSeconds(10),
                        Map.of()),
                "test");
    }
}
