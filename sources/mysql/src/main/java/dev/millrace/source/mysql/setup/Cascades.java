package dev.millrace.source.mysql.setup;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the storage engine does to rows by itself where a row that they refer to is deleted or gets another key. Such changes are not
 * in the log: the engine of a replica does them again.
 */
public final class Cascades {
    private static final Logger LOG = LoggerFactory.getLogger(Cascades.class);
    private static final Set<String> PASSIVE = Set.of("RESTRICT", "NO ACTION");

    /** Since MySQL 9.6 the server does them unless this is on, and logs them like all others. */
    private static final String BY_THE_ENGINE = "innodb_native_foreign_keys";

    private static final String QUERY =
            "select constraint_schema, table_name, constraint_name, delete_rule, update_rule"
                    + " from information_schema.referential_constraints order by 1, 2, 3";

    private Cascades() {}

    /**
     * A foreign key of a captured table.
     *
     * @param rule as in its definition: {@code ON DELETE CASCADE}
     */
    public record Cascade(TableId table, String name, String rule) {
        /** For people. */
        public String consequence() {
            return "Rows of " + table + " that its foreign key " + name + " changes by itself (" + rule
                    + ") are not in the server's log: the sink keeps them as they were.";
        }

        /** For people. */
        public String nextStep() {
            return "Give the foreign key " + name
                    + " the rule RESTRICT and change such rows by statements; or leave the table out with"
                    + " 'tables.exclude'.";
        }
    }

    /** Warns whoever looks at a run. */
    public static void say(ServerSession session, ServerFacts server, Set<TableId> tables) {
        of(session, server, tables).forEach(cascade -> LOG.warn("{} {}", cascade.consequence(), cascade.nextStep()));
    }

    /** Those of the tables. */
    public static List<Cascade> of(ServerSession session, ServerFacts server, Set<TableId> tables) {
        if (server.variable(BY_THE_ENGINE).equalsIgnoreCase("OFF")) {
            return List.of();
        }
        return session.query(QUERY).stream()
                .map(Cascades::cascade)
                .filter(cascade -> !cascade.rule().isEmpty() && tables.contains(cascade.table()))
                .toList();
    }

    private static Cascade cascade(List<@Nullable String> row) {
        String onDelete = Objects.requireNonNull(row.get(3));
        String onUpdate = Objects.requireNonNull(row.get(4));
        String rule = !PASSIVE.contains(onDelete)
                ? "ON DELETE " + onDelete
                : PASSIVE.contains(onUpdate) ? "" : "ON UPDATE " + onUpdate;
        return new Cascade(
                TableId.of(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1))),
                Objects.requireNonNull(row.get(2)),
                rule);
    }
}
