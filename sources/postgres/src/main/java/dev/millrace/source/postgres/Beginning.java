package dev.millrace.source.postgres;

import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.setup.ExportedSnapshot;
import dev.millrace.source.postgres.split.Epoch;
import dev.millrace.source.postgres.split.LogEnd;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.postgres.split.Published;
import dev.millrace.source.postgres.split.ServerHistory;
import dev.millrace.source.postgres.split.TableSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an enumerator begins with, at a first start or after a restart.
 *
 * @param tables    all that are captured, with what was read of them so far
 * @param places    of all epochs in the log, by number, the newest included
 * @param epoch     under which to read what is unread; empty where nothing is
 * @param sink      what the sink holds of other readings
 * @param log       what to read after the tables
 */
record Beginning(List<TableSnapshot> tables, List<Long> places, Optional<OpenEpoch> epoch, InSink sink, InLog log) {

    /**
     * The log to read.
     *
     * @param split    with the place reached; empty where it was not begun
     * @param end       where to stop; empty for never
     * @param history   of the server; empty where none of its log is read
     * @param published how the tables are published; empty where none of the log is read
     */
    record InLog(
            Optional<LogSplit> split,
            Optional<LogEnd> end,
            Optional<ServerHistory> history,
            Optional<Published> published) {
        InLog until(Optional<LogEnd> newEnd) {
            return new InLog(split, newEnd, history, published);
        }
    }

    /**
     * Rows of other readings.
     *
     * @param stale  tables of which the sink may hold rows that have to go
     * @param former tables that are no longer read, whose rows stay
     */
    record InSink(Set<TableId> stale, Set<TableId> former) {
        static final InSink NOTHING = new InSink(Set.of(), Set.of());

        InSink {
            stale = Set.copyOf(stale);
            former = Set.copyOf(former);
        }
    }

    /** An epoch with what keeps it visible. */
    record OpenEpoch(Epoch epoch, ExportedSnapshot exported) {}
}
