package dev.millrace.source.postgres.failure;

import dev.millrace.schema.TableId;
import java.util.Collection;
import java.util.stream.Collectors;

/** What to say of partitions that were dropped or detached: the log that is read by their root has no word of it. */
public final class GonePartitions {
    private static final int MOST_NAMES = 10;

    private GonePartitions() {}

    /** @param partitions their names, at least one */
    public static String message(TableId table, Collection<String> partitions) {
        int more = partitions.size() - MOST_NAMES;
        String names = partitions.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
        return (partitions.size() == 1 ? "Partition " + names + " of table " : "Partitions " + names + " of table ")
                + table + (partitions.size() == 1 ? " was" : " were")
                + " dropped or detached, of which the log holds nothing: the rows stay in the sink.";
    }
}
