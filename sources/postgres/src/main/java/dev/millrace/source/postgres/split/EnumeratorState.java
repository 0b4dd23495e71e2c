package dev.millrace.source.postgres.split;

import dev.millrace.schema.TableId;
import dev.millrace.spi.VersionedBytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that an enumerator has to know after a restart.
 *
 * @param origin whose log is read, and by what
 * @param tables in the order by which snapshot splits name them
 * @param places of all epochs in the log, by number
 * @param log    the log's split where no reader holds it: not handed out yet, or read to its end
 * @param former tables that were read once and were taken out: the sink may hold rows of them
 */
public record EnumeratorState(
        Origin origin, List<TableSnapshot> tables, List<Long> places, Optional<LogSplit> log, Set<TableId> former) {
    /**
     * Whose log is read, and by what.
     *
     * @param history empty where the state was written by a release that did not ask for it, or where no log is read
     * @param published the same
     */
    public record Origin(
            String slot, String publication, Optional<ServerHistory> history, Optional<Published> published) {}

    public EnumeratorState {
        tables = List.copyOf(tables);
        places = List.copyOf(places);
        former = Set.copyOf(former);
    }

    public String slot() {
        return origin.slot();
    }

    public String publication() {
        return origin.publication();
    }

    public VersionedBytes toBytes() {
        return EnumeratorStateCodec.encode(this);
    }

    public static EnumeratorState of(VersionedBytes bytes) {
        return EnumeratorStateCodec.decode(bytes);
    }
}
