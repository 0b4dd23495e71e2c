package dev.millrace.source.mysql.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.bytes.RangeSource;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.wire.LogRequest;
import dev.millrace.source.mysql.wire.LogStream;
import dev.millrace.source.mysql.wire.ServerSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DamagedLogTest {
    @ParameterizedTest
    @EnumSource
    void noticesEveryBitThatTurned(MySqlRelease release) throws SQLException {
        List<byte[]> log = recorded(TestServers.on(release), "");
        int kinds = read(log);
        assertThat(kinds).isGreaterThan(5);
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            // What comes before the format description is not known to have checksums.
            int event = 1 + random.nextInt(log.size() - 1);
            byte[] damaged = log.get(event).clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            List<byte[]> copy = new ArrayList<>(log);
            copy.set(event, damaged);

            if (!saysHowToCheck(log.get(event), at)) {
                assertThatThrownBy(() -> read(copy))
                        .as("byte %d of event %d", at, event)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isIn(MySqlError.CHECKSUM, MySqlError.PROTOCOL));
            }
        }
    }

    /** The format description's own type, the mark of a file that is being written, and the kind of checksum. */
    private static boolean saysHowToCheck(byte[] event, int at) {
        return event[4] == EventType.FORMAT_DESCRIPTION && (at == 4 || at == 17 || at == event.length - 5);
    }

    @Test
    void noticesACompressedTransactionThatIsCut() throws SQLException {
        List<byte[]> log =
                recorded(TestServers.on(MySqlRelease.MYSQL_8_0), "set session binlog_transaction_compression = on");
        assertThat(read(log)).isGreaterThan(5);
        byte[] packed = log.stream()
                .filter(event -> event[4] == EventType.TRANSACTION_PAYLOAD)
                .findFirst()
                .orElseThrow();
        RangeSource cut = new Ranges(List.of(Arrays.copyOf(packed, packed.length - 40)));

        assertThat(cut.next()).isTrue();
        assertThatThrownBy(() -> {
                    PayloadSource payload = PayloadSource.open(cut.buffer(), EventHeader.LENGTH, cut.end());
                    while (payload.next()) {
                        assertThat(payload.end()).isPositive();
                    }
                })
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.PROTOCOL));
    }

    @Test
    void refusesEventsThatMayHoldRowsAndAreNotUnderstood() {
        byte[] strange = new byte[EventHeader.LENGTH];
        strange[4] = 99;
        strange[9] = EventHeader.LENGTH;

        assertThatThrownBy(() -> read(List.of(strange)))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.UNSUPPORTED))
                .hasMessageContaining("type 99");
        strange[17] = (byte) 0x80;
        assertThat(read(List.of(strange))).isEqualTo(1);
    }

    /** The number of events. */
    private static int read(List<byte[]> log) {
        EventReader reader = new EventReader(new Ranges(log));
        int count = 0;
        while (reader.next() != null) {
            count++;
        }
        return count;
    }

    private static List<byte[]> recorded(MySqlServer server, String setting) throws SQLException {
        try (ServerSession session = TestServers.session(server)) {
            var row = session.query("show master status").getFirst();
            BinlogPlace place = new BinlogPlace(String.valueOf(row.get(0)), Long.parseLong(String.valueOf(row.get(1))));
            List<String> statements = new ArrayList<>(List.of(
                    "create database if not exists damaged",
                    "drop table if exists damaged.t",
                    "create table damaged.t (id int primary key, name varchar(200))",
                    "insert into damaged.t values (1, repeat('one ', 40))",
                    "update damaged.t set name = repeat('eins', 20)",
                    "delete from damaged.t"));
            if (!setting.isEmpty()) {
                statements.addFirst(setting);
            }
            TestServers.execute(server, statements.toArray(String[]::new));
            LogStream stream =
                    session.follow(new LogRequest(new LogStart.At(place), 4712, Duration.ofSeconds(1), true));
            List<byte[]> events = new ArrayList<>();
            while (stream.next()) {
                events.add(Arrays.copyOfRange(stream.buffer(), stream.start(), stream.end()));
            }
            return events;
        }
    }

    /** Recorded events, one after the other. */
    private static final class Ranges implements RangeSource {
        private final List<byte[]> ranges;
        private int current = -1;

        Ranges(List<byte[]> ranges) {
            this.ranges = ranges;
        }

        @Override
        public boolean next() {
            return ++current < ranges.size();
        }

        @Override
        public byte[] buffer() {
            return ranges.get(current);
        }

        @Override
        public int start() {
            return 0;
        }

        @Override
        public int end() {
            return buffer().length;
        }
    }
}
