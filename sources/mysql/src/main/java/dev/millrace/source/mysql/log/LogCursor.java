package dev.millrace.source.mysql.log;

import dev.millrace.source.mysql.position.BinlogPlace;

/** Where in the server's files the next event begins. */
final class LogCursor {
    private static final long LOW_BITS = 0xffffffffL;
    private String file;
    private long offset;

    LogCursor(BinlogPlace start) {
        file = start.file();
        offset = start.offset();
    }

    void rotated(String newFile, long newOffset) {
        file = newFile;
        offset = newOffset;
    }

    /** @param next where the event that was read ends, modulo 4 GB; 0 for one that is in no file */
    void passed(long next) {
        if (next == 0) {
            return;
        }
        long passed = offset & ~LOW_BITS | next;
        offset = passed >= offset ? passed : passed + LOW_BITS + 1;
    }

    BinlogPlace place() {
        return new BinlogPlace(file, offset);
    }

    /** Whether this is behind the place, without saying where it is. */
    boolean isBeyond(BinlogPlace place) {
        return file.equals(place.file()) ? offset > place.offset() : place().compareTo(place) > 0;
    }
}
