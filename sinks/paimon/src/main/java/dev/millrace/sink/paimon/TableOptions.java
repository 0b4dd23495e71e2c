package dev.millrace.sink.paimon;

import dev.millrace.config.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.paimon.CoreOptions;

/** Which options tables get, and which would break what the sink promises. */
final class TableOptions {
    private static final Map<String, String> DEFAULTS = Map.of("bucket", "1");
    /** Options of file formats and of single columns, which are not in Paimon's list. */
    private static final Pattern OF_FORMATS =
            Pattern.compile("(parquet|orc|avro|csv|json|fields|file-index|metadata)\\.");

    private static final Pattern IGNORED_DELETES = Pattern.compile("([a-z-]+\\.)?ignore-delete");

    private TableOptions() {}

    /** The options of a new table: what the user wrote, and our defaults where nothing is said. */
    static Map<String, String> forNewTable(Map<String, String> fromUser, boolean keyed) {
        Map<String, String> options = new LinkedHashMap<>(fromUser);
        if (keyed) {
            DEFAULTS.forEach(options::putIfAbsent);
        } else if (!options.containsKey("bucket-key")) {
            options.put("bucket", "-1");
        }
        return options;
    }

    /** Options that Paimon does not know, each with what to do about it. */
    static Map<String, String> unknown(Map<String, String> options) {
        Set<String> known = new TreeSet<>();
        CoreOptions.getOptions().forEach(option -> {
            known.add(option.key());
            option.fallbackKeys().forEach(fallback -> known.add(fallback.getKey()));
        });
        Map<String, String> unknown = new LinkedHashMap<>();
        options.keySet().stream()
                .filter(option ->
                        !known.contains(option) && !OF_FORMATS.matcher(option).lookingAt())
                .forEach(option -> unknown.put(
                        option,
                        Nearest.to(option, known)
                                .map(nearest -> "Did you mean '" + nearest + "'?")
                                .orElse("Leave it out, unless another program reads it.")));
        return unknown;
    }

    /** The first option under which a committed checkpoint would not be what readers see, if there is one. */
    static Optional<Broken> brokenPromise(Map<String, String> options) {
        if ("true".equalsIgnoreCase(options.get("deletion-vectors.enabled"))) {
            return Optional.of(new Broken(
                    "deletion-vectors.enabled",
                    "With deletion vectors rows are visible only after a compaction, some tables before others.",
                    "Leave 'deletion-vectors.enabled' out."));
        }
        if (!"deduplicate".equalsIgnoreCase(options.getOrDefault("merge-engine", "deduplicate"))) {
            return Optional.of(new Broken(
                    "merge-engine",
                    "With merge-engine '" + options.get("merge-engine")
                            + "' a table does not hold the rows that the source holds.",
                    "Leave 'merge-engine' out; the sink needs 'deduplicate'."));
        }
        if ("input".equalsIgnoreCase(options.get("changelog-producer"))) {
            return Optional.of(new Broken(
                    "changelog-producer",
                    "changelog-producer 'input' is not supported.",
                    "Use 'full-compaction' or 'lookup', or leave it out."));
        }
        if (options.containsKey("sequence.field")) {
            return Optional.of(new Broken(
                    "sequence.field",
                    "A sequence field would reorder what the source has ordered.",
                    "Leave 'sequence.field' out: rows are applied in the source's commit order."));
        }
        Optional<String> unseenDeletes = options.keySet().stream()
                .filter(option ->
                        IGNORED_DELETES.matcher(option).matches() && "true".equalsIgnoreCase(options.get(option)))
                .findFirst();
        if (unseenDeletes.isPresent()) {
            return Optional.of(new Broken(
                    unseenDeletes.get(),
                    "With '" + unseenDeletes.get() + "' rows stay that the source has deleted.",
                    "Leave '" + unseenDeletes.get() + "' out."));
        }
        if (options.containsKey("record-level.expire-time")) {
            return Optional.of(new Broken(
                    "record-level.expire-time",
                    "With record-level.expire-time merges remove rows that the source still has.",
                    "Leave 'record-level.expire-time' out; delete the rows at the source."));
        }
        return Optional.ofNullable(options.get("bucket"))
                .filter(bucket -> !bucket.matches("[1-9][0-9]*"))
                .map(bucket -> new Broken(
                        "bucket",
                        "bucket '" + bucket + "' is not supported for tables with a key: dynamic buckets need an index"
                                + " of all keys in memory, postponed ones show rows only after a compaction.",
                        "Give a number of buckets, 1 or more; without it tables have 1."));
    }

    /** An option and why it can't be used. */
    record Broken(String option, String message, String fix) {}
}
