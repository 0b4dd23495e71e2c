package dev.millrace.source.mysql.event;

import dev.millrace.source.mysql.bytes.LittleEndian;

/** Where the parts of every event's first 19 bytes are. */
final class EventHeader {
    static final int LENGTH = 19;
    private static final int TYPE = 4;
    private static final int SIZE = 9;
    private static final int NEXT = 13;
    private static final int FLAGS = 17;

    private EventHeader() {}

    static long seconds(byte[] source, int start) {
        return LittleEndian.uint4(source, start);
    }

    static int type(byte[] source, int start) {
        return source[start + TYPE] & 0xff;
    }

    static long size(byte[] source, int start) {
        return LittleEndian.uint4(source, start + SIZE);
    }

    /** Where the next event begins, modulo 4 GB; 0 where the event is in no file. */
    static long next(byte[] source, int start) {
        return LittleEndian.uint4(source, start + NEXT);
    }

    static int flags(int start) {
        return start + FLAGS;
    }
}
