package dev.millrace.source.mysql.split;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.spi.VersionedBytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that an enumerator has to know after a restart.
 *
 * @param server whose places the positions hold
 * @param tables in the order by which snapshot splits name them
 * @param epochs the position of each epoch in the log, by number
 * @param log    the log's split where no reader holds it: not handed out yet, or read to its end
 * @param former tables that were read once and were taken out: the sink may hold rows of them
 */
public record EnumeratorState(
        ServerIdentity server,
        List<TableSnapshot> tables,
        List<LogPosition> epochs,
        Optional<LogSplit> log,
        Set<TableId> former) {
    public EnumeratorState {
        tables = List.copyOf(tables);
        epochs = List.copyOf(epochs);
        former = Set.copyOf(former);
    }

    public VersionedBytes toBytes() {
        return EnumeratorStateCodec.encode(this);
    }

    /** @throws dev.millrace.error.MillraceException where the state is damaged, or of a release that is not known here */
    public static EnumeratorState of(VersionedBytes bytes) {
        return EnumeratorStateCodec.decode(bytes);
    }
}
