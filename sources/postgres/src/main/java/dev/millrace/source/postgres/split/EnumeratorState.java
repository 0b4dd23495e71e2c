package dev.millrace.source.postgres.split;

import dev.millrace.spi.VersionedBytes;
import java.util.List;
import java.util.Optional;

/**
 * All that an enumerator has to know after a restart.
 *
 * @param tables in the order by which snapshot splits name them
 * @param places of all epochs in the log, by number
 * @param log    the log's split where no reader holds it: not handed out yet, or read to its end
 */
public record EnumeratorState(
        String slot, String publication, List<TableSnapshot> tables, List<Long> places, Optional<LogSplit> log) {
    public EnumeratorState {
        tables = List.copyOf(tables);
        places = List.copyOf(places);
    }

    public VersionedBytes toBytes() {
        return EnumeratorStateCodec.encode(this);
    }

    public static EnumeratorState of(VersionedBytes bytes) {
        return EnumeratorStateCodec.decode(bytes);
    }
}
