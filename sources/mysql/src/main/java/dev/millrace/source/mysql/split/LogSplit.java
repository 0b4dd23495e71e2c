package dev.millrace.source.mysql.split;

import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.spi.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log from one position on.
 *
 * @param start      what was read
 * @param end        where to stop, once all of it was read, and up to when it is complete then; empty for never
 * @param consistent once the log has been read up to here, all tables show one state
 * @param target     what is read, which stays the same while the position moves on
 */
public record LogSplit(LogPosition start, Optional<LogPosition> end, LogPosition consistent, Target target) {
    public static final String ID = "log";

    /**
     * What is read, with its bytes, which are made once.
     *
     * @param server  whose places the positions hold
     * @param tables  as they were when reading began
     * @param skips   for tables that were read in several epochs
     * @param epochs  the position of each epoch that the skip rules name, by its number
     */
    public record Target(
            ServerIdentity server,
            List<MySqlTable> tables,
            SkipRules skips,
            Map<Integer, LogPosition> epochs,
            byte[] encoded) {
        public Target {
            tables = List.copyOf(tables);
            epochs = Map.copyOf(epochs);
        }

        public static Target of(
                ServerIdentity server, List<MySqlTable> tables, SkipRules skips, Map<Integer, LogPosition> epochs) {
            return new Target(server, tables, skips, epochs, LogSplitCodec.encode(server, tables, skips, epochs));
        }

        /** The same, read from another server. */
        public Target on(ServerIdentity other) {
            return of(other, tables, skips, epochs);
        }
    }

    /** The same split further on. */
    public LogSplit at(LogPosition position) {
        return new LogSplit(position, end, consistent, target);
    }

    /** The same split with another end. */
    public LogSplit until(Optional<LogPosition> newEnd) {
        return new LogSplit(start, newEnd, consistent, target);
    }

    /** The same split, with tables that show one state only once it has been read up to there. */
    public LogSplit consistentAt(LogPosition position) {
        return new LogSplit(start, end, position, target);
    }

    /** The same split, to be read from another server: by the global ids of its transactions. */
    public LogSplit on(ServerIdentity server) {
        return new LogSplit(start, end, consistent, target.on(server));
    }

    public Split toSplit() {
        return new Split(ID, LogSplitCodec.encode(this));
    }

    public static boolean isLog(Split split) {
        return split.id().equals(ID);
    }

    /** @throws dev.millrace.error.MillraceException where the state is damaged, or of a release that is not known here */
    public static LogSplit of(Split split) {
        return LogSplitCodec.decode(split.state());
    }
}
