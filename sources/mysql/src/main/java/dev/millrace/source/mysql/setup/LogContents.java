package dev.millrace.source.mysql.setup;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.LogHead;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.check.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether all that changes captured tables gets into the log. What the user may not ask for is taken for granted. */
public final class LogContents {
    private static final int DO_DB = 2;
    private static final int IGNORE_DB = 3;
    /** MySQL has the former statement no more from here on. */
    private static final int RENAMED = 804;

    private LogContents() {}

    public static List<Requirement> unmet(ServerSession session, ServerFacts server, Collection<TableId> tables) {
        List<Requirement> unmet = new ArrayList<>();
        Set<String> captured = tables.stream().map(TableId::database).collect(Collectors.toCollection(TreeSet::new));
        allowed(() -> LogHead.status(session)).forEach(row -> filters(row, captured, unmet));
        if (!server.isOn("log_replica_updates") && !server.isOn("log_slave_updates") && isReplica(session, server)) {
            unmet.add(new Requirement(
                    MySqlError.SERVER,
                    "log_slave_updates",
                    "The server is a replica and does not log what it replicates.",
                    "Under [mysqld] in the server's option file: log_slave_updates = ON; then restart it. Or read from the"
                            + " server that it replicates."));
        }
        return unmet;
    }

    /** The server looks at the second only where the first is empty, and compares letter by letter. */
    private static void filters(List<@Nullable String> status, Set<String> captured, List<Requirement> unmet) {
        Set<String> only = names(status.get(DO_DB));
        Set<String> ignored = names(status.get(IGNORE_DB));
        Set<String> missing = captured.stream()
                .filter(name -> only.isEmpty() ? ignored.contains(name) : !only.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            String option = only.isEmpty() ? "binlog-ignore-db" : "binlog-do-db";
            unmet.add(new Requirement(
                    MySqlError.SERVER,
                    option,
                    "The server's option " + option + " keeps changes of " + String.join(", ", missing)
                            + " out of its log.",
                    "Take " + option
                            + " out of the server's options, then restart it. Changes until then are not in the"
                            + " log."));
        }
    }

    private static Set<String> names(@Nullable String list) {
        return Arrays.stream(Objects.requireNonNullElse(list, "").split(","))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static boolean isReplica(ServerSession session, ServerFacts server) {
        String mySql = server.version() >= RENAMED ? "show replica status" : "show slave status";
        String statement = server.mariaDb() ? "show all slaves status" : mySql;
        return !allowed(() -> session.query(statement)).isEmpty();
    }

    private static List<List<@Nullable String>> allowed(Supplier<List<List<@Nullable String>>> rows) {
        try {
            return rows.get();
        } catch (MillraceException refused) {
            if (refused.code() != MySqlError.PRIVILEGE) {
                throw refused;
            }
            return List.of();
        }
    }
}
