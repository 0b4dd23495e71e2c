package dev.millrace.source.mysql.setup;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.Quoting;
import dev.millrace.source.mysql.config.MySqlConfig;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.snapshot.Locking;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.check.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which rights are missing, with the statements that grant them. */
public final class Privileges {
    private final ServerSession session;
    private final ServerFacts server;
    private final Grants grants;

    public Privileges(ServerSession session, ServerFacts server) {
        this.session = session;
        this.server = server;
        this.grants = Grants.read(session);
    }

    public List<Requirement> unmet(MySqlConfig config, Collection<TableId> tables) {
        List<Requirement> unmet = new ArrayList<>();
        replication(config, unmet);
        if (config.startup().readsTables()) {
            locking(config.locking(), tables, unmet);
        }
        select(tables, unmet);
        return unmet;
    }

    private void replication(MySqlConfig config, List<Requirement> unmet) {
        if (config.startup().readsLog() && !grants.global("REPLICATION SLAVE", "REPLICATION REPLICA")) {
            unmet.add(missing("REPLICATION SLAVE", "may not read the log", "REPLICATION SLAVE ON *.*"));
        }
        if (!grants.global("REPLICATION CLIENT", "BINLOG MONITOR", "SUPER")) {
            String right = server.mariaDb() ? "BINLOG MONITOR" : "REPLICATION CLIENT";
            unmet.add(missing(right, "may not ask where the log ends", right + " ON *.*"));
        }
    }

    /** MariaDB mostly needs no lock, and {@code auto} takes the one for which there is a right. */
    private void locking(Locking locking, Collection<TableId> tables, List<Requirement> unmet) {
        boolean global = grants.global("RELOAD", "FLUSH_TABLES");
        boolean each = tables.stream().allMatch(table -> grants.on(table, "LOCK TABLES"));
        boolean enough = switch (locking) {
            case AUTO -> global || each || server.mariaDb();
            case GLOBAL -> global;
            case TABLE -> each;
        };
        if (!enough) {
            unmet.add(
                    locking == Locking.TABLE
                            ? missing("LOCK TABLES", "may not hold writes for the snapshot", "LOCK TABLES ON *.*")
                            : missing("RELOAD", "may not hold writes for the snapshot", "RELOAD ON *.*"));
        }
    }

    private void select(Collection<TableId> tables, List<Requirement> unmet) {
        for (TableId table : tables) {
            if (!mayRead(table)) {
                unmet.add(missing("table " + table, "may not read it", "SELECT ON " + Quoting.name(table)));
            }
        }
    }

    /** Without this the catalog hides the table's columns, too. */
    public boolean mayRead(TableId table) {
        return grants.on(table, "SELECT") || isReadable(table);
    }

    /** There are more ways to a right than its grants show. */
    private boolean isReadable(TableId table) {
        try {
            session.query("select * from " + Quoting.name(table) + " limit 0");
            return true;
        } catch (MillraceException refused) {
            if (refused.code() != MySqlError.PRIVILEGE) {
                throw refused;
            }
            return false;
        }
    }

    private Requirement missing(String subject, String what, String right) {
        return new Requirement(
                MySqlError.PRIVILEGE,
                subject,
                "User " + server.account() + " " + what + ".",
                "GRANT " + right + " TO " + server.grantee() + ";");
    }
}
