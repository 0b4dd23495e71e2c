package dev.millrace.source.postgres.setup;

import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.relational.check.Requirement;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a server, whatever the tables. */
public final class ServerRequirements {
    static final int OLDEST = 14;
    public static final int NEWEST = 18;

    private ServerRequirements() {}

    public static List<Requirement> unmet(ServerFacts server) {
        List<Requirement> unmet = new ArrayList<>();
        if (server.major() < OLDEST) {
            unmet.add(new Requirement(
                    PostgresError.SERVER,
                    "server version",
                    "PostgreSQL " + server.versionText() + " is older than " + OLDEST + ".",
                    "Upgrade the server to PostgreSQL " + OLDEST + " or later."));
        }
        if (!server.walLevel().equals("logical")) {
            unmet.add(new Requirement(
                    PostgresError.SERVER,
                    "wal_level",
                    "wal_level is '" + server.walLevel() + "': the log does not hold what logical decoding needs.",
                    "ALTER SYSTEM SET wal_level = 'logical'; then restart the server."));
        }
        if (server.recovering()) {
            unmet.add(new Requirement(
                    PostgresError.SERVER,
                    "standby",
                    "The server is a standby: a snapshot that is exact can't be exported there.",
                    "Name the primary server in 'hostname'."));
        }
        if (server.encoding().equals("SQL_ASCII")) {
            unmet.add(new Requirement(
                    PostgresError.SERVER,
                    "server_encoding",
                    "The database is SQL_ASCII: nobody knows how its texts are encoded.",
                    "Move the data into a database with a real encoding, for example UTF8."));
        }
        if (!server.mayReplicate()) {
            unmet.add(new Requirement(
                    PostgresError.PRIVILEGE,
                    "replication",
                    "User " + server.user() + " may not replicate.",
                    "ALTER ROLE " + Statements.name(server.user()) + " REPLICATION;"));
        }
        return unmet;
    }
}
