package dev.millrace.source.mysql.config;

import dev.millrace.source.relational.config.DebeziumKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of Debezium's MySQL connector, beside those that all of its connectors have. */
final class MySqlDebeziumKeys {
    static final DebeziumKeys KEYS = DebeziumKeys.of(
            List.of(
                    "connect\\.(timeout\\.ms|keep\\.alive(\\.interval\\.ms)?)",
                    "binlog\\.buffer\\.size",
                    "min\\.row\\.count\\.to\\.stream\\.results",
                    "database\\.(connectionTimeZone|serverTimezone|allowPublicKeyRetrieval|server\\.id(\\.offset)?)",
                    "database\\.history\\..*",
                    "(use\\.nongraceful\\.disconnect|enable\\.time\\.adjuster)",
                    "include\\.query",
                    "snapshot\\.new\\.tables",
                    "snapshot\\.tables\\.order\\.by\\.row\\.count",
                    "gtid\\.new\\.channel\\.position"),
            Map.of(
                    "time.precision.mode", Set.of("adaptive", "adaptive_time_microseconds", "microseconds"),
                    "bigint.unsigned.handling.mode", Set.of("precise"),
                    "inconsistent.schema.handling.mode", Set.of("fail"),
                    "snapshot.mode", Set.of("never", "no_data", "initial", "schema_only"),
                    "read.only", Set.of("true", "false")),
            instead(),
            "MySQL");

    private MySqlDebeziumKeys() {}

    private static Map<String, String> instead() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "gtid\\.source\\.(includes|excludes|filter\\.dml\\.events)",
                "Transactions of all servers are read: take the key out only where they may arrive.");
        all.put(
                "inconsistent\\.schema\\.handling\\.mode",
                "A table that does not fit its log stops the pipeline: take the key out.");
        all.put("database\\.ssl\\..*", "Use 'sslmode' and 'sslrootcert' without 'debezium.'.");
        return all;
    }
}
