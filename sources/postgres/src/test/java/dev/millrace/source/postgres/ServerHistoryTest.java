package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.source.postgres.split.ServerHistory;
import dev.millrace.spi.SourceContext.ReadMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are set back, that leave for another timeline, or that are others. */
class ServerHistoryTest {
    @TempDir
    private Path folder;

    private int former;

    /** Archive recovery, where a file asks for it, ends with the log that is there and begins a timeline. */
    private PostgresServer server(int major) {
        return PostgresServer.started(PostgresSettings.ofMajor(major)
                .in(folder.resolve("server"))
                .with("fsync", "off")
                .with("restore_command", "false"));
    }

    private Path data() {
        return folder.resolve("server").resolve("data");
    }

    private void setBackTo(Path copy) throws IOException {
        Files.move(data(), folder.resolve("former" + ++former));
        copy(copy, data());
    }

    private TestDatabase onANewTimeline(PostgresServer server, String database) throws Exception {
        Files.createFile(data().resolve("recovery.signal"));
        server.start();
        TestDatabase again = TestDatabase.again(server, database);
        while (again.query("select 1 where pg_is_in_recovery()").equals(List.of("1"))) {}
        return again;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static SnapshotHarness start(TestDatabase database, Optional<Saved> saved) throws Exception {
        database.awaitFreeSlots();
        return new SnapshotHarness(database.section("t"), 1, saved, ReadMode.UNTIL_CAUGHT_UP);
    }

    private static Saved read(TestDatabase database, Optional<Saved> saved) throws Exception {
        try (SnapshotHarness harness = start(database, saved)) {
            harness.readAll();
            harness.followLog();
            return harness.checkpoint();
        }
    }

    private static void insert(TestDatabase database, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            database.execute("insert into t select coalesce(max(a), 0) + 1 from t");
        }
    }

    private static void assertRefused(TestDatabase database, Saved saved, String... messages) {
        assertThatThrownBy(() -> start(database, Optional.of(saved)).close())
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(PostgresError.HISTORY);
                    assertThat(e.getMessage()).contains(messages);
                    assertThat(e.nextStep()).contains("'cdc drop'");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void refusesAServerThatWasSetBackToACopy(int major) throws Exception {
        try (PostgresServer server = server(major)) {
            TestDatabase database = TestDatabase.on(server);
            database.execute("create table t (a int primary key)");
            Saved saved = read(database, Optional.empty());
            server.stop();
            copy(data(), folder.resolve("copy"));

            server.start();
            database = TestDatabase.again(server, database.name());
            insert(database, 20);
            saved = read(database, Optional.of(saved));
            server.stop();
            setBackTo(folder.resolve("copy"));
            server.start();
            database = TestDatabase.again(server, database.name());
            insert(database, 1);

            assertRefused(database, saved, "was set back", "log that ends at");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void followsANewTimelineOnlyWhereItBeganBehindWhatWasRead(int major) throws Exception {
        try (PostgresServer server = server(major)) {
            TestDatabase database = TestDatabase.on(server);
            database.execute("create table t (a int primary key)");
            Saved first = read(database, Optional.empty());
            server.stop();
            copy(data(), folder.resolve("copy"));
            server.start();
            database = TestDatabase.again(server, database.name());
            insert(database, 1);
            Saved saved = read(database, Optional.of(first));
            server.stop();

            database = onANewTimeline(server, database.name());
            insert(database, 1);
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.followLog()).containsExactly("INSERT t 2");
                assertThat(timeline(harness.checkpoint())).isEqualTo(2);
            }
            server.stop();

            setBackTo(folder.resolve("copy"));
            database = onANewTimeline(server, database.name());
            insert(database, 200);
            assertRefused(database, saved, "left timeline 1", "read it up to");
            Saved onTwo = read(database, Optional.of(first));
            assertThat(timeline(onTwo)).isEqualTo(2);
            server.stop();

            setBackTo(folder.resolve("copy"));
            server.start();
            database = TestDatabase.again(server, database.name());
            assertRefused(database, onTwo, "is on timeline 1", "timeline 2");
        }
    }

    private static int timeline(Saved saved) {
        return EnumeratorState.of(saved.state())
                .origin()
                .history()
                .orElseThrow()
                .timeline();
    }

    @Test
    void refusesAnotherServerAndCompletesStateThatNamesNone() throws Exception {
        try (PostgresServer other = server(18);
                TestDatabase database = TestDatabase.on(18);
                TestDatabase elsewhere = TestDatabase.on(other)) {
            database.execute("create table t (a int primary key)");
            elsewhere.execute("create table t (a int primary key)");
            Saved saved = read(database, Optional.empty());
            EnumeratorState state = EnumeratorState.of(saved.state());
            assertRefused(
                    elsewhere,
                    with(state, Optional.of(new ServerHistory("1", 1))),
                    "is another one (system identifier ",
                    "read from (1)");

            try (SnapshotHarness harness = start(database, Optional.of(with(state, Optional.empty())))) {
                assertThat(EnumeratorState.of(harness.checkpoint().state())
                                .origin()
                                .history())
                        .isEqualTo(state.origin().history());
            }
        }
    }

    private static Saved with(EnumeratorState state, Optional<ServerHistory> history) {
        return new Saved(
                new EnumeratorState(
                                new EnumeratorState.Origin(
                                        state.slot(),
                                        state.publication(),
                                        history,
                                        state.origin().published()),
                                state.tables(),
                                state.places(),
                                state.log(),
                                state.former())
                        .toBytes(),
                List.of());
    }
}
