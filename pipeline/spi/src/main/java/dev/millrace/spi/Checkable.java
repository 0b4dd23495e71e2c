package dev.millrace.spi;

import java.util.List;

/** An ability of a source or a sink: looks whether it could run, without changing anything. {@code cdc check} prints what it finds. */
public interface Checkable {
    /** May connect and block for seconds. What can't be reached is a finding, not an exception. */
    List<Finding> check();

    /**
     * The same for a source that has been read before: looks also whether it could go on from there.
     *
     * @param state {@link SplitEnumerator#state} of the newest checkpoint
     */
    default List<Finding> check(VersionedBytes state) {
        return check();
    }

    /**
     * Something that was looked at.
     *
     * @param subject what was looked at: {@code wal_level}, {@code table shop.public.orders}
     * @param message what was found
     * @param fix     the statement or setting that mends it; empty for {@link Level#OK}
     */
    record Finding(Level level, String subject, String message, String fix) {}

    enum Level {
        OK,
        WARNING,
        ERROR
    }
}
