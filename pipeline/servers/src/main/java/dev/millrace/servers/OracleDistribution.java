package dev.millrace.servers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** MySQL as Oracle packs it. */
record OracleDistribution() implements MySqlDistribution {
    private static final List<String> NEEDED =
            List.of("bin/mysqld", "bin/mysqlbinlog", "lib/plugin/component_reference_cache.so");

    @Override
    public Optional<String> place(String entry) {
        boolean needed = NEEDED.contains(entry) || entry.startsWith("lib/private/") || entry.startsWith("share/");
        return needed ? Optional.of(entry) : Optional.empty();
    }

    @Override
    public String server() {
        return "bin/mysqld";
    }

    @Override
    public List<String> initialize(Path home, Path data) {
        return List.of(
                home.resolve(server()).toString(),
                "--no-defaults",
                "--initialize-insecure",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + home,
                "--datadir=" + data,
                "--innodb-redo-log-capacity=32M");
    }

    @Override
    public Map<String, String> parameters(Path home, Optional<TlsFiles> tls) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("gtid-mode", "ON");
        all.put("enforce-gtid-consistency", "ON");
        all.put("binlog-rows-query-log-events", "ON");
        all.put("mysqlx", "OFF");
        all.put("performance-schema", "OFF");
        all.put("innodb-redo-log-capacity", "32M");
        return all;
    }
}
