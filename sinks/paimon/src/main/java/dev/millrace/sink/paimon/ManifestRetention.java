package dev.millrace.sink.paimon;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import org.apache.paimon.CoreOptions;

/**
 * How long manifests stay. They and the tables' snapshots go together, by one rule: what a manifest that is still there
 * names can be read. That is why snapshots are expired here and not by Paimon, which looks at each table by itself and would
 * drop the snapshot of a quiet table that a manifest still names.
 */
final class ManifestRetention {
    private final ConsistencyManifests manifests;
    private final Duration age;
    private final int least;
    private final SortedMap<Long, Instant> published;

    /** Keeps to {@code snapshot.time-retained} and {@code snapshot.num-retained.min} of the sink's table options. */
    ManifestRetention(ConsistencyManifests manifests, Map<String, String> tableOptions) {
        CoreOptions options = CoreOptions.fromMap(tableOptions);
        this.manifests = manifests;
        this.age = options.snapshotTimeRetain();
        this.least = options.snapshotNumRetainMin();
        this.published = manifests.checkpoints();
    }

    /** The newest checkpoint with a manifest; the smallest number where there is none. */
    long newest() {
        return published.isEmpty() ? Long.MIN_VALUE : published.lastKey();
    }

    /** Takes note of a new manifest and removes those whose time is over. */
    void published(long checkpointId, Instant now) {
        published.put(checkpointId, now);
        Instant end = now.minus(age);
        Iterator<Map.Entry<Long, Instant>> oldestFirst = published.entrySet().iterator();
        while (published.size() > least) {
            Map.Entry<Long, Instant> oldest = oldestFirst.next();
            if (!oldest.getValue().isBefore(end)) {
                return;
            }
            manifests.delete(oldest.getKey());
            oldestFirst.remove();
        }
    }

    /** By {@code database.table}, the oldest snapshot that any manifest names; a table that none names is not in it. */
    Map<String, Long> oldestSnapshots() {
        return published.isEmpty() ? Map.of() : manifests.snapshots(published.firstKey());
    }

    /** The checkpoint of the oldest manifest; the smallest number where there is none. */
    long oldest() {
        return published.isEmpty() ? Long.MIN_VALUE : published.firstKey();
    }
}
