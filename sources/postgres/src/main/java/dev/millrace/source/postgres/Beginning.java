package dev.millrace.source.postgres;

import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.setup.ExportedSnapshot;
import dev.millrace.source.postgres.split.Epoch;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.postgres.split.TableSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an enumerator begins with, at a first start or after a restart.
 *
 * @param tables    all that are captured, with what was read of them so far
 * @param places    of all epochs in the log, by number, the newest included
 * @param epoch     under which to read what is unread; empty where nothing is
 * @param restarted tables of which the sink may hold rows that have to go
 * @param log       the log's split with the place reached; empty where it was not begun
 * @param endPlace  where to stop reading the log; empty for never
 */
record Beginning(
        List<TableSnapshot> tables,
        List<Long> places,
        Optional<OpenEpoch> epoch,
        Set<TableId> restarted,
        Optional<LogSplit> log,
        OptionalLong endPlace) {

    /** An epoch with what keeps it visible. */
    record OpenEpoch(Epoch epoch, ExportedSnapshot exported) {}
}
