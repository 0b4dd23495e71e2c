package dev.millrace.source.postgres.split;

import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.spi.Split;
import java.util.List;
import java.util.Optional;

/**
 * The log from one place on.
 *
 * @param startPlace      everything that committed before it has been read
 * @param end             where to stop: everything that committed before it is still read; empty for never
 * @param consistentPlace once the log has been read up to here, all tables show one state
 * @param target          what is read, which stays the same while the place moves on
 */
public record LogSplit(long startPlace, Optional<LogEnd> end, long consistentPlace, Target target) {
    public static final String ID = "log";

    /**
     * What is read, with its bytes, which are made once.
     *
     * @param published how the tables were published then; empty where the state of an older release does not say
     * @param tables    as they were when reading began
     */
    public record Target(
            String slot,
            String publication,
            Optional<Published> published,
            List<PgTable> tables,
            SkipRules skips,
            byte[] encoded) {
        public Target {
            tables = List.copyOf(tables);
        }

        public static Target of(
                String slot, String publication, Optional<Published> published, List<PgTable> tables, SkipRules skips) {
            return new Target(
                    slot,
                    publication,
                    published,
                    tables,
                    skips,
                    LogSplitCodec.encode(slot, publication, published, tables, skips));
        }
    }

    /** The same split further on. */
    public LogSplit at(long place) {
        return new LogSplit(place, end, consistentPlace, target);
    }

    /** The same split with another end. */
    public LogSplit until(Optional<LogEnd> end) {
        return new LogSplit(startPlace, end, consistentPlace, target);
    }

    public Split toSplit() {
        return new Split(ID, LogSplitCodec.encode(this));
    }

    public static boolean isLog(Split split) {
        return split.id().equals(ID);
    }

    public static LogSplit of(Split split) {
        return LogSplitCodec.decode(split.state());
    }
}
