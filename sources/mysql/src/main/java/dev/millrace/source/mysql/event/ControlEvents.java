package dev.millrace.source.mysql.event;

import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.position.GtidSource;
import dev.millrace.source.mysql.position.MariaDbGtid;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Reads the events that are no rows. Each method gets what stands between header and checksum. */
final class ControlEvents {
    private static final int VERSION = 50;
    private static final int UUID_BYTES = 16;
    private static final int LOGICAL_CLOCK = 2;
    private static final int COMMIT_TIME = 7;
    private static final long COMMIT_TIME_BITS = (1L << 55) - 1;
    private static final int ALONE = 1;
    private static final int COLLATIONS_VARIABLE = 4;

    private ControlEvents() {}

    static LogEvent.Format format(ByteReader content, boolean hasChecksums) {
        content.skip(2);
        String version = new ByteReader(content.bytes(VERSION), 0, VERSION).zeroTerminated();
        return new LogEvent.Format(version, hasChecksums);
    }

    static LogEvent.Rotation rotation(ByteReader content) {
        long offset = content.int8();
        return new LogEvent.Rotation(content.text(content.remaining()), offset);
    }

    static LogEvent.Begin begin(ByteReader content) {
        content.skip(1);
        ByteBuffer server = ByteBuffer.wrap(content.bytes(UUID_BYTES));
        UUID uuid = new UUID(server.getLong(), server.getLong());
        long number = content.int8();
        return new LogEvent.Begin(new GtidSource(uuid, ""), number, commitMicros(content));
    }

    static LogEvent.AnonymousBegin anonymousBegin(ByteReader content) {
        content.skip(1 + UUID_BYTES + Long.BYTES);
        return new LogEvent.AnonymousBegin(commitMicros(content));
    }

    /** Zero for servers that do not say it: those before MySQL 8. */
    private static long commitMicros(ByteReader content) {
        int clock = 1 + 2 * Long.BYTES;
        if (content.remaining() < clock + COMMIT_TIME || content.uint1() != LOGICAL_CLOCK) {
            return 0;
        }
        content.skip(clock - 1);
        return (content.uint4() | (long) content.uint3() << 32) & COMMIT_TIME_BITS;
    }

    static LogEvent.MariaDbBegin mariaDbBegin(ByteReader content, long server) {
        long sequence = content.int8();
        long domain = content.uint4();
        boolean alone = (content.uint1() & ALONE) != 0;
        return new LogEvent.MariaDbBegin(new MariaDbGtid(domain, server, sequence), alone);
    }

    static LogEvent.Statement statement(ByteReader content, byte[] source, boolean packed) {
        content.skip(4 + 4);
        int databaseLength = content.uint1();
        content.skip(2);
        int variables = content.uint2();
        int from = content.at();
        content.skip(variables);
        int collation = collation(new ByteReader(source, from, from + variables));
        String database = content.text(databaseLength);
        content.skip(1);
        byte[] text = packed
                ? MariaDbPacking.unpack(source, content.at(), content.at() + content.remaining())
                : content.bytes(content.remaining());
        return new LogEvent.Statement(database, text, collation);
    }

    /** The client's collation stands behind variables of known lengths; others only follow it. */
    private static int collation(ByteReader variables) {
        while (variables.remaining() > 0) {
            switch (variables.uint1()) {
                case 0, 3 -> variables.skip(4);
                case 1 -> variables.skip(8);
                case 2 -> variables.skip(variables.uint1() + 1);
                case 6 -> variables.skip(variables.uint1());
                case COLLATIONS_VARIABLE -> {
                    return variables.uint2();
                }
                default -> {
                    return 0;
                }
            }
        }
        return 0;
    }
}
