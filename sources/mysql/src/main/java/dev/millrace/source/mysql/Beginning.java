package dev.millrace.source.mysql;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.split.EpochMark;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.split.TableSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an enumerator begins with, at a first start or after a restart.
 *
 * @param tables all that are captured, with what was read of them so far
 * @param epochs the positions of all epochs in the log, by number, the newest included
 * @param epoch  in which to read what is unread; empty where nothing is
 * @param sink   what the sink holds of other readings
 * @param log    what to read after the tables
 */
record Beginning(
        List<TableSnapshot> tables, List<LogPosition> epochs, Optional<EpochMark> epoch, InSink sink, InLog log) {

    /**
     * The log to read.
     *
     * @param split  with the position reached; empty where it was not begun
     * @param end    where to stop; empty for never
     * @param server whose log it is
     */
    record InLog(Optional<LogSplit> split, Optional<LogPosition> end, ServerIdentity server) {
        InLog until(Optional<LogPosition> newEnd) {
            return new InLog(split, newEnd, server);
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
}
