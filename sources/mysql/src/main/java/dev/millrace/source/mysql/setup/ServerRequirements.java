package dev.millrace.source.mysql.setup;

import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.relational.check.Requirement;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a server, whatever the tables. */
public final class ServerRequirements {
    private static final int OLDEST_MYSQL = 800;
    private static final int OLDEST_MARIADB = 1005;
    /** Sessions keep the format that they began with. */
    private static final String NEW_SESSIONS = " Then let applications connect anew.";

    private ServerRequirements() {}

    public static List<Requirement> unmet(ServerFacts server) {
        List<Requirement> unmet = new ArrayList<>();
        if (server.version() < (server.mariaDb() ? OLDEST_MARIADB : OLDEST_MYSQL)) {
            unmet.add(problem(
                    "server version",
                    server.title() + " is older than " + (server.mariaDb() ? "10.5." : "8.0."),
                    "Upgrade the server to " + (server.mariaDb() ? "MariaDB 10.5" : "MySQL 8.0") + " or later."));
        }
        if (!server.isOn("log_bin")) {
            unmet.add(problem(
                    "log_bin",
                    "The server writes no log.",
                    "Under [mysqld] in the server's option file: log_bin = mysql-bin, server_id = 1 (another one for each"
                            + " server), binlog_format = ROW; then restart it."));
        } else {
            log(server, unmet);
        }
        return unmet;
    }

    private static void log(ServerFacts server, List<Requirement> unmet) {
        String format = server.variable("binlog_format");
        if (!format.equalsIgnoreCase("ROW") && !format.isEmpty()) {
            unmet.add(problem(
                    "binlog_format",
                    "binlog_format is " + format + ": the log holds statements instead of rows.",
                    server.setting("binlog_format", "'ROW'") + NEW_SESSIONS));
        }
        String partial = server.variable("binlog_row_value_options");
        if (!partial.isEmpty()) {
            unmet.add(problem(
                    "binlog_row_value_options",
                    "binlog_row_value_options is " + partial + ": updates of JSON hold only what they changed.",
                    server.setting("binlog_row_value_options", "''") + NEW_SESSIONS));
        }
        String gtids = server.variable("gtid_mode");
        if (gtids.endsWith("_PERMISSIVE")) {
            unmet.add(problem(
                    "gtid_mode",
                    "gtid_mode is " + gtids + ": it is on its way between ON and OFF.",
                    "Go on to SET @@GLOBAL.gtid_mode = ON; (or OFF) first."));
        }
    }

    private static Requirement problem(String subject, String message, String fix) {
        return new Requirement(MySqlError.SERVER, subject, message, fix);
    }
}
