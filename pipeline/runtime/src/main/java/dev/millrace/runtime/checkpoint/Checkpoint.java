package dev.millrace.runtime.checkpoint;

import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a job needs to go on: where to read on, and what is to be made visible first.
 *
 * @param pipeline        the pipeline's id
 * @param takenAt         when its barrier was placed
 * @param enumerator      the enumerator's state
 * @param splits          the splits that readers held, with their places
 * @param commit          what the committer is asked for
 * @param watermarkMicros the event time at the barrier: the minimum over the readers that are not idle
 * @param target          what of the sink it holds good for
 * @param previousWithRows the newest checkpoint before this one that had rows, 0 if none: the sink must show at least that
 */
public record Checkpoint(
        String pipeline,
        Instant takenAt,
        VersionedBytes enumerator,
        List<Split> splits,
        CommitRequest commit,
        long watermarkMicros,
        Target target,
        long previousWithRows) {
    /**
     * What of the sink a checkpoint holds good for: elsewhere its rows are missing.
     *
     * @param location where the sink's tables are; empty where the sink does not say
     * @param tables   the source's tables, each with its table in the sink
     */
    public record Target(String location, Map<TableId, TableId> tables) {
        /** Of a checkpoint that does not say. */
        public static final Target UNKNOWN = new Target("", Map.of());

        public Target {
            tables = Map.copyOf(tables);
        }
    }

    public Checkpoint {
        splits = List.copyOf(splits);
    }

    public long id() {
        return commit.checkpointId();
    }

    /** The newest checkpoint up to this one that had rows, 0 if none. */
    public long newestWithRows() {
        return commit.committables().isEmpty() ? previousWithRows : id();
    }
}
