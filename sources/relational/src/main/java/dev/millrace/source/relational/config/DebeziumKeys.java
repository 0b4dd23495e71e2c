package dev.millrace.source.relational.config;

import dev.millrace.config.ConfigReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What becomes of the keys that Flink CDC hands on to Debezium, which is not at work here. Those that tune it go without saying
 * much; those that would make other data of the source's are refused, because the data would come without them.
 */
public final class DebeziumKeys {
    private static final String PREFIX = "debezium.";

    /** They change how fast, by what or how often something is done, and nothing of what arrives. */
    private static final List<String> HARMLESS = List.of(
            "max\\.batch\\.size",
            "max\\.queue\\.size(\\.in\\.bytes)?",
            "poll\\.interval\\.ms",
            "(incremental\\.)?snapshot\\.(fetch\\.size|chunk\\.size|max\\.threads|delay\\.ms|lock\\.timeout\\.ms|locking\\.mode)",
            "heartbeat\\..*",
            "errors\\.(max\\.retries|retry\\.delay\\..*)",
            "retriable\\.restart\\.connector\\.wait\\.ms",
            "include\\.schema\\.(changes|comments)",
            "provide\\.transaction\\.metadata",
            "tombstones\\.on\\.delete",
            "(schema\\.history\\.internal|signal|notification|record\\.processing|topic)\\..*",
            "database\\.(tcpKeepAlive|server\\.name)",
            "(connector\\.class|name|tasks\\.max)");

    /** Values that ask for what is done anyway. */
    private static final Map<String, Set<String>> DONE_ANYWAY = Map.of(
            "snapshot.mode", Set.of("never", "no_data"),
            "decimal.handling.mode", Set.of("precise"),
            "binary.handling.mode", Set.of("bytes"),
            "event.processing.failure.handling.mode", Set.of("fail"),
            "skipped.operations", Set.of("none"));

    private final Pattern harmless;
    private final Map<String, Set<String>> doneAnyway;
    private final Map<Pattern, String> instead;

    private DebeziumKeys(Pattern harmless, Map<String, Set<String>> doneAnyway, Map<Pattern, String> instead) {
        this.harmless = harmless;
        this.doneAnyway = doneAnyway;
        this.instead = instead;
    }

    /**
     * The keys of one connector of Debezium's, beside those that all have.
     *
     * @param harmless   expressions for whole keys that change nothing of what arrives
     * @param doneAnyway values, in lower case, that ask for what is done anyway
     * @param instead    what to do instead, by an expression for a whole key; the first that fits counts, before those of all connectors
     * @param typesPage  what the manual's page on types is about: {@code PostgreSQL}
     */
    public static DebeziumKeys of(
            List<String> harmless, Map<String, Set<String>> doneAnyway, Map<String, String> instead, String typesPage) {
        List<String> all = new ArrayList<>(HARMLESS);
        all.addAll(harmless);
        Map<String, Set<String>> values = new HashMap<>(DONE_ANYWAY);
        values.putAll(doneAnyway);
        Map<Pattern, String> steps = new LinkedHashMap<>();
        instead.forEach((key, step) -> steps.put(Pattern.compile(key), step));
        insteadForAll(typesPage).forEach((key, step) -> steps.put(Pattern.compile(key), step));
        return new DebeziumKeys(Pattern.compile(String.join("|", all)), values, steps);
    }

    private static Map<String, String> insteadForAll(String typesPage) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "column\\.(exclude|include|mask|truncate).*",
                "Columns arrive as they are: take the key out only where they may, or leave the table out with 'tables.exclude'.");
        all.put(
                "(transforms|predicates|converters).*",
                "Rows arrive as they are: take the key out only where they may.");
        all.put("(table|schema|database)\\.(include|exclude)\\.list", "Say it in 'tables' and 'tables.exclude'.");
        all.put(
                "snapshot\\.(select\\.statement\\.overrides|query|include\\.collection).*",
                "Tables are read whole: take the key out only where they may, or leave the table out with 'tables.exclude'.");
        all.put("snapshot\\.mode.*", "'scan.startup.mode' says where to begin: take the key out.");
        all.put("skipped\\.operations", "Every change is carried: take the key out.");
        all.put("message\\.key\\.columns", "The key is the table's own: take the key out.");
        all.put(
                "event\\.processing\\.failure\\.handling\\.mode",
                "A change that can't be read stops the pipeline: take the key out.");
        all.put(
                ".*\\.handling\\.mode|time\\.precision\\.mode",
                "How values arrive is in the manual's page on " + typesPage
                        + "'s types, and can't be chosen: take the key out.");
        all.put(
                "database\\..*",
                "Use the source's own keys: hostname, port, username, password, sslmode, jdbc.properties.*");
        return all;
    }

    /**
     * Refuses what can't be left aside.
     *
     * @param leftAside told every other key
     */
    public void read(ConfigReader reader, Consumer<String> leftAside) {
        reader.prefixed(PREFIX)
                .forEach((key, value) -> refusal(key, value.text())
                        .ifPresentOrElse(
                                refusal -> reader.reject(PREFIX + key, refusal.message(), refusal.fix()),
                                () -> leftAside.accept(PREFIX + key)));
    }

    private record Refusal(String message, String fix) {}

    private Optional<Refusal> refusal(String key, String value) {
        if (harmless.matcher(key).matches()
                || doneAnyway.getOrDefault(key, Set.of()).contains(value.trim().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return instead.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(key).matches())
                .map(entry -> new Refusal(
                        "'" + PREFIX + key
                                + "' has no effect here, and leaving it aside would change what arrives or how.",
                        entry.getValue()))
                .findFirst()
                .or(() -> Optional.of(new Refusal(
                        "'" + PREFIX + key + "' is not a key of which it is known that it can be left aside.",
                        "Debezium is not at work here: take the key out, if what arrives does not depend on it.")));
    }
}
