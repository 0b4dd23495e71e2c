package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.catalog.PartitionReader;
import dev.millrace.source.postgres.catalog.PartitionReader.Partition;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.GonePartitions;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.failure.WayOut;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks for partitions that came and went between two looks. The log, which is read by the root, says nothing of it: rows of
 * one that was dropped or detached stay in the sink, and those that one had before it was attached never come.
 */
final class PartitionWatch {
    private final PartitionReader reader;
    private final Consumer<String> warn;
    /** Partitions at the last look, by the oid of the table. */
    private final Map<Integer, Map<Integer, Partition>> before = new HashMap<>();
    /** Names of the leaves that were there at any look and are not yet known to be gone, by the oid of the table. */
    private final Map<Integer, Map<Integer, String>> leaves = new HashMap<>();

    PartitionWatch(Connection connection, List<PgTable> tables, Consumer<String> warn) {
        this.reader = new PartitionReader(connection);
        this.warn = warn;
        for (PgTable table : tables) {
            Map<Integer, String> known = new LinkedHashMap<>();
            table.storage().forEach(part -> known.put(part.oid(), part.name()));
            leaves.put(table.oid(), known);
        }
    }

    /**
     * @param tables those that are still there
     * @throws MillraceException where one has got a partition with rows that were not its own before
     */
    void look(Collection<PgTable> tables) throws SQLException {
        Map<Integer, Map<Integer, Partition>> all = reader.read(tables);
        for (PgTable table : tables) {
            if (table.partitioned()) {
                Map<Integer, Partition> now = all.getOrDefault(table.oid(), Map.of());
                warnOfGone(table, now);
                Map<Integer, Partition> then = before.put(table.oid(), now);
                if (then != null) {
                    refuseForeignRows(table, then, now);
                }
            }
        }
    }

    private void warnOfGone(PgTable table, Map<Integer, Partition> now) {
        Map<Integer, String> known = leaves.computeIfAbsent(table.oid(), oid -> new LinkedHashMap<>());
        List<String> gone = known.keySet().stream()
                .filter(oid -> !now.containsKey(oid))
                .map(known::get)
                .toList();
        if (!gone.isEmpty()) {
            warn.accept(GonePartitions.message(table.id(), gone) + " " + WayOut.READ_TABLE_AGAIN);
        }
        known.clear();
        now.values().stream().filter(Partition::leaf).forEach(leaf -> known.put(leaf.oid(), leaf.name()));
    }

    private void refuseForeignRows(PgTable table, Map<Integer, Partition> then, Map<Integer, Partition> now)
            throws SQLException {
        Set<Integer> attached = reader.attached(now.values().stream()
                .filter(each -> isNew(each, then))
                .map(Partition::oid)
                .toList());
        if (attached.isEmpty()) {
            return;
        }
        Map<Integer, Partition> suspects = new LinkedHashMap<>();
        for (Partition each : now.values()) {
            if (each.leaf() && path(each, now).stream().anyMatch(attached::contains)) {
                suspects.put(each.oid(), each);
            }
        }
        suspects.keySet().retainAll(reader.withPages(new ArrayList<>(suspects.keySet())));
        if (!suspects.isEmpty()) {
            throw refusal(table, suspects.values());
        }
    }

    private static boolean isNew(Partition partition, Map<Integer, Partition> then) {
        Partition known = then.get(partition.oid());
        return known == null || known.link() != partition.link();
    }

    /** The partition and all that it is a part of, without the table. */
    private static List<Integer> path(Partition leaf, Map<Integer, Partition> all) {
        List<Integer> path = new ArrayList<>();
        for (Partition each = leaf; each != null; each = all.get(each.parent())) {
            path.add(each.oid());
        }
        return path;
    }

    private static MillraceException refusal(PgTable table, Collection<Partition> attached) {
        String names = attached.stream().map(Partition::name).collect(Collectors.joining(", "));
        return new MillraceException(
                PostgresError.SCHEMA,
                "A partition that is not empty was attached to table " + table.id() + ": " + names
                        + ". The log does not hold the rows that it had before.",
                "If all its rows came after it was attached, start again: nothing is missing. "
                        + WayOut.READ_TABLE_AGAIN);
    }
}
