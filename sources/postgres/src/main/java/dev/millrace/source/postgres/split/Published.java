package dev.millrace.source.postgres.split;

import java.util.Map;
import java.util.Set;

/**
 * How tables stood in the publication when their reading began. The log does not say when it ceases to hold their changes;
 * what stands here does not come back once it was removed.
 *
 * @param publication its number in the catalog
 * @param written     the transaction that wrote its line there, which says what kinds of changes it publishes
 * @param entries     by a table's oid: numbers of what makes the publication hold it, one of which has to last
 */
public record Published(int publication, int written, Map<Integer, Set<Integer>> entries) {
    public Published {
        entries = Map.copyOf(entries);
    }
}
