package dev.millrace.source.postgres.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What becomes of the keys that Flink CDC hands on to Debezium, which is not at work here. Those that tune it go without saying
 * much; those that would make other data of the source's are refused, because the data would come without them.
 */
final class DebeziumKeys {
    /** They change how fast, by what or how often something is done, and nothing of what arrives. */
    private static final Pattern HARMLESS = Pattern.compile(String.join(
            "|",
            "max\\.batch\\.size",
            "max\\.queue\\.size(\\.in\\.bytes)?",
            "poll\\.interval\\.ms",
            "(incremental\\.)?snapshot\\.(fetch\\.size|chunk\\.size|max\\.threads|delay\\.ms|lock\\.timeout\\.ms|locking\\.mode)",
            "heartbeat\\..*",
            "status\\.update\\.interval\\.ms",
            "xmin\\.fetch\\.interval\\.ms",
            "slot\\.(max\\.retries|retry\\.delay\\.ms)",
            "errors\\.(max\\.retries|retry\\.delay\\..*)",
            "retriable\\.restart\\.connector\\.wait\\.ms",
            "publication\\.autocreate\\.mode",
            "(lsn\\.flush\\.mode|flush\\.lsn\\.source)",
            "schema\\.refresh\\.mode",
            "include\\.schema\\.(changes|comments)",
            "provide\\.transaction\\.metadata",
            "tombstones\\.on\\.delete",
            "unavailable\\.value\\.placeholder",
            "(schema\\.history\\.internal|signal|notification|record\\.processing|topic)\\..*",
            "database\\.(tcpKeepAlive|server\\.name)",
            "(connector\\.class|name|tasks\\.max)"));

    /** Values that ask for what is done anyway. */
    private static final Map<String, Set<String>> DONE_ANYWAY = Map.of(
            "plugin.name", Set.of("pgoutput"),
            "snapshot.mode", Set.of("never", "no_data"),
            "decimal.handling.mode", Set.of("precise"),
            "binary.handling.mode", Set.of("bytes"),
            "hstore.handling.mode", Set.of("map"),
            "event.processing.failure.handling.mode", Set.of("fail"),
            "time.precision.mode", Set.of("adaptive", "adaptive_time_microseconds", "microseconds"),
            "skipped.operations", Set.of("none"),
            "slot.drop.on.stop", Set.of("false"));

    /** What to do instead, by the beginning of a key or by an expression for all of it; the first that fits counts. */
    private static final Map<Pattern, String> INSTEAD = instead();

    private DebeziumKeys() {}

    private static Map<Pattern, String> instead() {
        Map<Pattern, String> all = new LinkedHashMap<>();
        all.put(
                Pattern.compile("column\\.(exclude|include|mask|truncate).*"),
                "Columns arrive as they are: take the key out only where they may, or leave the table out with 'tables.exclude'.");
        all.put(
                Pattern.compile("(transforms|predicates|converters).*"),
                "Rows arrive as they are: take the key out only where they may.");
        all.put(
                Pattern.compile("(table|schema)\\.(include|exclude)\\.list"),
                "Say it in 'tables' and 'tables.exclude'.");
        all.put(
                Pattern.compile("snapshot\\.(select\\.statement\\.overrides|query|include\\.collection).*"),
                "Tables are read whole: take the key out only where they may, or leave the table out with 'tables.exclude'.");
        all.put(Pattern.compile("snapshot\\.mode.*"), "'scan.startup.mode' says where to begin: take the key out.");
        all.put(Pattern.compile("skipped\\.operations"), "Every change is carried: take the key out.");
        all.put(
                Pattern.compile("message\\.key\\.columns"),
                "The key is the table's primary key, or its replica identity's: take the key out.");
        all.put(
                Pattern.compile("event\\.processing\\.failure\\.handling\\.mode"),
                "A change that can't be read stops the pipeline: take the key out.");
        all.put(
                Pattern.compile(".*\\.handling\\.mode|time\\.precision\\.mode|money\\.fraction\\.digits"),
                "How values arrive is in the manual's page on PostgreSQL's types, and can't be chosen: take the key out.");
        all.put(
                Pattern.compile("(slot|publication)\\.name"),
                "Use 'slot.name' and 'publication.name' without 'debezium.'.");
        all.put(Pattern.compile("slot\\.drop\\.on\\.stop"), "'cdc drop' removes the slot: take the key out.");
        all.put(Pattern.compile("plugin\\.name"), "Only pgoutput, which every server has, is read: take the key out.");
        all.put(
                Pattern.compile("database\\..*"),
                "Use the source's own keys: hostname, port, username, password, sslmode, jdbc.properties.*");
        return all;
    }

    /** What is wrong with a key, and what to do about it. */
    record Refusal(String message, String fix) {}

    /** Why the key can't be left aside; empty where it can. */
    static Optional<Refusal> refusal(String key, String value) {
        if (HARMLESS.matcher(key).matches()
                || DONE_ANYWAY.getOrDefault(key, Set.of()).contains(value.trim().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return INSTEAD.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(key).matches())
                .map(entry -> new Refusal(
                        "'debezium." + key
                                + "' has no effect here, and leaving it aside would change what arrives or how.",
                        entry.getValue()))
                .findFirst()
                .or(() -> Optional.of(new Refusal(
                        "'debezium." + key + "' is not a key of which it is known that it can be left aside.",
                        "Debezium is not at work here: take the key out, if what arrives does not depend on it.")));
    }
}
