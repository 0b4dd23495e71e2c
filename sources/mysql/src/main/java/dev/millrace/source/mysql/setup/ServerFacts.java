package dev.millrace.source.mysql.setup;

import dev.millrace.source.mysql.wire.ServerSession;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself.
 *
 * @param version   8.0 as 800, 10.11 as 1011
 * @param account   the user as the server knows it: {@code cdc@%}
 * @param variables by name, in lower case; those that this server does not know are missing
 */
public record ServerFacts(
        boolean mariaDb, int version, String versionText, String account, Map<String, String> variables) {
    private static final int MAJOR = 100;
    private static final String VARIABLES = """
            show global variables where variable_name in ('log_bin', 'binlog_format', 'binlog_row_image', 'binlog_row_metadata',
            'binlog_row_value_options', 'server_id', 'server_uuid', 'gtid_mode', 'binlog_expire_logs_seconds', 'expire_logs_days',
            'binlog_expire_logs_auto_purge', 'max_binlog_total_size', 'log_slave_updates', 'log_replica_updates',
            'innodb_native_foreign_keys')""";

    public ServerFacts {
        variables = Map.copyOf(variables);
    }

    public static ServerFacts read(ServerSession session) {
        Map<String, String> variables = new HashMap<>();
        for (List<@Nullable String> row : session.query(VARIABLES)) {
            variables.put(
                    Objects.requireNonNull(row.get(0)).toLowerCase(Locale.ROOT),
                    Objects.requireNonNullElse(row.get(1), ""));
        }
        List<@Nullable String> row =
                session.query("select version(), current_user()").getFirst();
        String version = Objects.requireNonNull(row.get(0));
        return new ServerFacts(
                session.greeting().isMariaDb(),
                number(version),
                version,
                Objects.requireNonNull(row.get(1)),
                variables);
    }

    private static int number(String version) {
        String[] parts = version.split("[.-]", 3);
        return Integer.parseInt(parts[0]) * MAJOR + Integer.parseInt(parts[1]);
    }

    /** The empty text where the server has none of that name. */
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    public boolean isOn(String name) {
        String value = variable(name);
        return value.equalsIgnoreCase("ON") || value.equals("1");
    }

    /** With the product's name. */
    public String title() {
        return (mariaDb ? "MariaDB " : "MySQL ") + versionText;
    }

    /** The account quoted, for statements. */
    public String grantee() {
        int at = account.lastIndexOf('@');
        return quoted(account.substring(0, at)) + "@" + quoted(account.substring(at + 1));
    }

    /** What tells this server from others, also from those that it replicates with. */
    public String identity() {
        String uuid = variable("server_uuid");
        return uuid.isEmpty() ? "server_id " + variable("server_id") : uuid;
    }

    /** A statement that sets a variable for good, or for as long as the server runs where there is no such statement. */
    public String setting(String name, String value) {
        return mariaDb
                ? "SET GLOBAL " + name + " = " + value + "; and the same under [mysqld] in the server's option file."
                : "SET PERSIST " + name + " = " + value + ";";
    }

    private static String quoted(String name) {
        return "'" + name.replace("'", "''") + "'";
    }
}
