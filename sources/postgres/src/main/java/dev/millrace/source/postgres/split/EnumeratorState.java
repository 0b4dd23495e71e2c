package dev.millrace.source.postgres.split;

import dev.millrace.schema.TableId;
import dev.millrace.spi.VersionedBytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that an enumerator has to know after a restart.
 *
 * @param tables in the order by which snapshot splits name them
 * @param places of all epochs in the log, by number
 * @param log    the log's split where no reader holds it: not handed out yet, or read to its end
 * @param former tables that were read once and were taken out: the sink may hold rows of them
 */
public record EnumeratorState(
        String slot,
        String publication,
        List<TableSnapshot> tables,
        List<Long> places,
        Optional<LogSplit> log,
        Set<TableId> former) {
    public EnumeratorState {
        tables = List.copyOf(tables);
        places = List.copyOf(places);
        former = Set.copyOf(former);
    }

    public VersionedBytes toBytes() {
        return EnumeratorStateCodec.encode(this);
    }

    public static EnumeratorState of(VersionedBytes bytes) {
        return EnumeratorStateCodec.decode(bytes);
    }
}
