package dev.millrace.source.postgres.setup;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.PgTable.Identity;
import dev.millrace.source.postgres.catalog.PgTable.Storage;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.types.TableDecoder;
import dev.millrace.source.relational.check.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold of a table before it can be captured; the statement that mends it stands beside what does not. */
public final class TableRequirements {
    private static final String LEAVE_OUT = " Or leave the table out with 'tables.exclude'.";

    private TableRequirements() {}

    public static List<Requirement> unmet(PgTable table) {
        List<Requirement> unmet = new ArrayList<>();
        logged(table).ifPresent(unmet::add);
        identity(table).ifPresent(unmet::add);
        partitions(table).ifPresent(unmet::add);
        types(table).ifPresent(unmet::add);
        return unmet;
    }

    private static Optional<Requirement> logged(PgTable table) {
        return table.logged()
                ? Optional.empty()
                : problem(
                        table,
                        PostgresError.TABLES,
                        "it is unlogged: no log holds its changes.",
                        "ALTER TABLE " + Statements.name(table) + " SET LOGGED;");
    }

    /** With a publication of updates, the server itself would refuse every update and delete of such a table. */
    private static Optional<Requirement> identity(PgTable table) {
        String full = "ALTER TABLE " + Statements.name(table) + " REPLICA IDENTITY FULL;";
        return switch (table.identity()) {
            case FULL -> Optional.empty();
            case NOTHING ->
                problem(
                        table,
                        PostgresError.REPLICA_IDENTITY,
                        "its replica identity is NOTHING: once it is published, the server would refuse updates and deletes.",
                        table.hasKey() ? "ALTER TABLE " + Statements.name(table) + " REPLICA IDENTITY DEFAULT;" : full);
            case DEFAULT ->
                table.hasKey()
                        ? Optional.empty()
                        : problem(
                                table,
                                PostgresError.REPLICA_IDENTITY,
                                "it has no primary key that the log could name rows by: once it is published, the server would"
                                        + " refuse updates and deletes.",
                                "Give it a primary key that is not deferrable, or: " + full);
            case INDEX ->
                table.hasKey()
                        ? Optional.empty()
                        : problem(
                                table,
                                PostgresError.REPLICA_IDENTITY,
                                "the index that was its replica identity is gone.",
                                "ALTER TABLE " + Statements.name(table) + " REPLICA IDENTITY DEFAULT; -- or: " + full);
        };
    }

    /** Rows of a partition are logged by the partition's own identity. */
    private static Optional<Requirement> partitions(PgTable table) {
        for (Storage part : table.storage()) {
            if (part.fileNode() == 0) {
                return problem(
                        table,
                        PostgresError.TABLES,
                        "its partition " + part.name()
                                + " is a foreign table: no log of this server holds its changes.",
                        "Detach the partition.");
            }
            if (part.identity() != table.identity() && part.identity() != Identity.FULL) {
                return problem(
                        table,
                        PostgresError.REPLICA_IDENTITY,
                        "its partition " + part.name() + " has another replica identity than the table.",
                        "ALTER TABLE " + part.name() + " REPLICA IDENTITY "
                                + (table.identity() == Identity.DEFAULT ? "DEFAULT;" : "FULL;"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Requirement> types(PgTable table) {
        try {
            TableDecoder.of(table);
            return Optional.empty();
        } catch (MillraceException refused) {
            return Optional.of(new Requirement(
                    PostgresError.TYPE,
                    "table " + table.id(),
                    String.valueOf(refused.getMessage()),
                    refused.nextStep()));
        }
    }

    private static Optional<Requirement> problem(PgTable table, PostgresError code, String message, String fix) {
        return Optional.of(new Requirement(code, "table " + table.id(), message, fix + LEAVE_OUT));
    }
}
