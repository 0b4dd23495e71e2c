package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.ErrorCode.Remedy;
import dev.millrace.error.MillraceException;
import dev.millrace.servers.faults.Direction;
import dev.millrace.servers.faults.TcpProxy;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.connection.ServerAddress;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.connection.TlsSettings;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.log.ReplicationStream.Patience;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.SplitReader.Progress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that break, and slots that are gone. */
class BrokenTest {
    private TestDatabase database;
    private LogSplit split;

    @BeforeEach
    void begin() throws Exception {
        database = TestDatabase.on(18);
        database.execute("create table t (id int primary key, filler text)");
        split = LogHarness.here(database);
    }

    @AfterEach
    void end() throws Exception {
        database.close();
    }

    private Sessions sessions(String host, int port) {
        return new Sessions(
                new ServerAddress(
                        host,
                        port,
                        database.name(),
                        database.server().user(),
                        Optional.empty(),
                        TlsSettings.of(TlsSettings.Mode.DISABLE),
                        Duration.ofSeconds(10),
                        Map.of()),
                "test");
    }

    private static void assertFails(ThrowingCallable reading, PostgresError code, Remedy remedy) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.code().remedy()).isEqualTo(remedy);
        });
    }

    @Test
    void asksForARestartWhenItsSessionIsEnded() throws Exception {
        try (LogHarness log = LogHarness.open(database, split)) {
            log.catchUp();
            database.execute("select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = '"
                    + LogHarness.slot(database) + "'");
            assertFails(
                    () -> {
                        while (true) {
                            log.poll(Purpose.READ);
                        }
                    },
                    PostgresError.CONNECTION,
                    Remedy.RESTART);
        }
    }

    @Test
    void losesNothingWhenTheConnectionIsCutInTheMiddleOfAMessage() throws Exception {
        for (int i = 0; i < 20; i++) {
            database.execute("insert into t select i, repeat('x', 1000) from generate_series(" + (i * 50 + 1) + ", "
                    + (i * 50 + 50) + ") i");
        }
        List<String> read = new ArrayList<>();
        int cuts = 0;
        try (TcpProxy proxy =
                TcpProxy.to(database.server().host(), database.server().port())) {
            LogSplit at = split;
            while (read.size() < 1000) {
                proxy.cutAfter(Direction.TO_CLIENT, 170_123 + 50_000L * cuts);
                try (LogHarness log = LogHarness.open(database, at, sessions(proxy.host(), proxy.port()))) {
                    int whole = 0;
                    try {
                        while (read.size() + whole < 1000) {
                            log.poll(Purpose.READ);
                            while (log.poll(Purpose.REACH_BOUNDARY) != Progress.AT_BOUNDARY) {}
                            whole = log.changes.size();
                            at = log.split();
                        }
                    } catch (MillraceException e) {
                        assertThat(e.code()).isEqualTo(PostgresError.CONNECTION);
                        cuts++;
                    }
                    read.addAll(log.changes.subList(0, whole));
                }
                proxy.heal();
            }
        }
        assertThat(cuts).isPositive();
        assertThat(read)
                .isEqualTo(IntStream.rangeClosed(1, 1000)
                        .mapToObj(i -> "INSERT t " + i + "|" + "x".repeat(1000))
                        .toList());
    }

    @Test
    void saysThatTheSlotIsGone() throws Exception {
        database.execute("select pg_drop_replication_slot('" + LogHarness.slot(database) + "')");
        assertFails(() -> LogHarness.open(database, split), PostgresError.SLOT_LOST, Remedy.STOP);
    }

    @Test
    void saysThatSomebodyElseHasReadFromTheSlot() throws Exception {
        database.execute(
                "insert into t values (1, 'lost')",
                "select pg_replication_slot_advance('" + LogHarness.slot(database) + "', pg_current_wal_flush_lsn())");
        assertFails(() -> LogHarness.open(database, split), PostgresError.SLOT_LOST, Remedy.STOP);
    }

    @Test
    void asksForARestartWhileAnotherSessionHoldsTheSlot() throws Exception {
        try (LogHarness holder = LogHarness.open(database, split)) {
            assertThat(holder.catchUp().changes).isEmpty();
            assertFails(() -> LogHarness.open(database, split), PostgresError.SLOT_BUSY, Remedy.RESTART);
        }
    }

    @Test
    void readsThroughTheUnixSocket() throws Exception {
        Path folder = database.server().socketDirectory();
        database.execute("insert into t select i, repeat('x', 1000) from generate_series(1, 1000) i");
        try (LogHarness log = LogHarness.open(
                database, split, sessions(folder.toString(), database.server().port()))) {
            assertThat(log.catchUp().changes).hasSize(1000);
            log.acknowledge();
        }
    }

    @Test
    void givesUpAConnectionThatIsGoneWithoutEitherEndBeingTold() throws Exception {
        try (TcpProxy proxy =
                        TcpProxy.to(database.server().host(), database.server().port());
                LogHarness log = LogHarness.open(database, split, sessions(proxy.host(), proxy.port()), seconds(2))) {
            log.catchUp();
            proxy.blackhole();
            long begun = System.nanoTime();
            assertFails(() -> readForever(log), PostgresError.CONNECTION, Remedy.RESTART);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(seconds(1), seconds(20));
        }
    }

    @Test
    void tellsAnIdleServerFromOneThatIsGone() throws Exception {
        Patience patience = new Patience(Duration.ofMillis(300), Duration.ofMillis(1_500));
        try (TcpProxy proxy =
                        TcpProxy.to(database.server().host(), database.server().port());
                ReplicationStream stream = ReplicationStream.start(
                        sessions(proxy.host(), proxy.port()), split, InstantSource.system(), patience)) {
            listen(stream, seconds(4));
            proxy.blackhole();
            assertThatThrownBy(() -> listen(stream, seconds(20)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("not been heard of for 1 seconds");
        }
    }

    private static void listen(ReplicationStream stream, Duration time) throws Exception {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            stream.keepAlive();
            stream.next(50_000_000);
        }
    }

    @Test
    void givesUpAConnectionThatIsGoneInTheMiddleOfAMessage() throws Exception {
        database.execute("insert into t values (1, repeat('x', 20000000))");
        try (TcpProxy proxy =
                        TcpProxy.to(database.server().host(), database.server().port());
                LogHarness log = LogHarness.open(database, split, sessions(proxy.host(), proxy.port()), seconds(2))) {
            proxy.rate(1_000_000);
            CompletableFuture<Void> silence = CompletableFuture.runAsync(
                    proxy::blackhole, CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));
            long begun = System.nanoTime();
            assertFails(() -> readForever(log), PostgresError.CONNECTION, Remedy.RESTART);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(seconds(2), seconds(20));
            silence.join();
            assertThat(log.changes).isEmpty();
        }
    }

    private static void readForever(LogHarness log) {
        while (true) {
            log.poll(Purpose.READ);
        }
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
