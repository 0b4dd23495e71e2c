package dev.millrace.source.postgres.config;

import dev.millrace.source.relational.config.DebeziumKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of Debezium's PostgreSQL connector, beside those that all of its connectors have. */
final class PostgresDebeziumKeys {
    static final DebeziumKeys KEYS = DebeziumKeys.of(
            List.of(
                    "status\\.update\\.interval\\.ms",
                    "xmin\\.fetch\\.interval\\.ms",
                    "slot\\.(max\\.retries|retry\\.delay\\.ms)",
                    "publication\\.autocreate\\.mode",
                    "(lsn\\.flush\\.mode|flush\\.lsn\\.source)",
                    "schema\\.refresh\\.mode",
                    "unavailable\\.value\\.placeholder"),
            Map.of(
                    "plugin.name", Set.of("pgoutput"),
                    "hstore.handling.mode", Set.of("map"),
                    "time.precision.mode", Set.of("adaptive", "adaptive_time_microseconds", "microseconds"),
                    "slot.drop.on.stop", Set.of("false")),
            instead(),
            "PostgreSQL");

    private PostgresDebeziumKeys() {}

    private static Map<String, String> instead() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "message\\.key\\.columns",
                "The key is the table's primary key, or its replica identity's: take the key out.");
        all.put(
                "money\\.fraction\\.digits",
                "How values arrive is in the manual's page on PostgreSQL's types, and can't be chosen: take the key out.");
        all.put("(slot|publication)\\.name", "Use 'slot.name' and 'publication.name' without 'debezium.'.");
        all.put("slot\\.drop\\.on\\.stop", "'cdc drop' removes the slot: take the key out.");
        all.put("plugin\\.name", "Only pgoutput, which every server has, is read: take the key out.");
        return all;
    }
}
