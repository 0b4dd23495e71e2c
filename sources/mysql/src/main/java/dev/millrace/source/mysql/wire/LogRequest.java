package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.LogStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server is asked to send of its log.
 *
 * @param replica   the number under which the server knows this reader; no other reader and no server may have it
 * @param heartbeat how often the server says that it is there while nothing happens
 * @param toTheEnd  end at the log's present end instead of waiting for more
 */
public record LogRequest(LogStart start, long replica, Duration heartbeat, boolean toTheEnd) {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final int DUMP = 0x12;
    private static final int DUMP_BY_GTIDS = 0x1e;
    private static final int DO_NOT_WAIT = 1;
    private static final int BY_GTIDS = 4;
    private static final long LAST_OFFSET = 0xffffffffL;

    /** What has to be said before the command; variables that a server does not know do not disturb it. */
    List<String> statements(ServerGreeting server) {
        List<String> all = new ArrayList<>();
        // While a sink is slow nothing is read, and the server must not take that for a connection that is gone.
        all.add("SET SESSION net_write_timeout = " + LONGEST_PAUSE.toSeconds());
        all.add("SET @master_binlog_checksum = @@global.binlog_checksum");
        all.add("SET @source_binlog_checksum = @@global.binlog_checksum");
        all.add("SET @master_heartbeat_period = " + heartbeat.toNanos());
        all.add("SET @source_heartbeat_period = " + heartbeat.toNanos());
        if (server.isMariaDb()) {
            all.add("SET @mariadb_slave_capability = 4");
            if (start instanceof LogStart.AfterMariaDb after) {
                all.add("SET @slave_connect_state = '" + after.executed() + "'");
            }
        }
        return all;
    }

    PacketWriter command() {
        return switch (start) {
            case LogStart.At at -> dump(offset(at), at.place().file());
            case LogStart.AfterMariaDb after -> dump(0, "");
            case LogStart.After after -> dumpAfter(after);
        };
    }

    private PacketWriter dump(long offset, String file) {
        return new PacketWriter()
                .int1(DUMP)
                .int4(offset)
                .int2(toTheEnd ? DO_NOT_WAIT : 0)
                .int4(replica)
                .text(file);
    }

    private PacketWriter dumpAfter(LogStart.After after) {
        if (after.executed().hasTags()) {
            throw new MillraceException(
                    MySqlError.UNSUPPORTED,
                    "The set of executed transactions has tags: " + after.executed() + ".",
                    "Follow this server by file and offset until tags are supported.");
        }
        byte[] executed = after.executed().encoded();
        return new PacketWriter()
                .int1(DUMP_BY_GTIDS)
                .int2(BY_GTIDS | (toTheEnd ? DO_NOT_WAIT : 0))
                .int4(replica)
                .int4(0)
                .int8(4)
                .int4(executed.length)
                .bytes(executed);
    }

    private static long offset(LogStart.At at) {
        if (at.place().offset() > LAST_OFFSET) {
            throw new MillraceException(
                    MySqlError.UNSUPPORTED,
                    "The log can't be read from " + at.place() + ": the protocol has no offsets beyond 4 GB.",
                    "Turn GTIDs on at the server, or begin at another file.");
        }
        return at.place().offset();
    }
}
