package dev.millrace.source.postgres.setup;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.relational.check.Requirement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The publication of a pipeline. It has to exist before the slot: a slot looks it up in the catalog as of each change. One
 * that we made bears our mark and is ours to change and to drop; one that somebody made for us is only looked at.
 */
public final class Publications {
    private static final String MARK = "Made by millrace for pipeline ";
    private static final int DETAILS_SINCE = 15;
    private static final String MISSING_RIGHT = "42501";

    private final Connection connection;
    private final ServerFacts server;
    private final String name;
    private final String mark;

    public Publications(Connection connection, ServerFacts server, String name, String pipeline) {
        this.connection = connection;
        this.server = server;
        this.name = name;
        this.mark = MARK + pipeline;
    }

    /** Makes the publication, and says so, or sees that the one that exists publishes what is needed. */
    public boolean prepare(List<PgTable> tables) throws SQLException {
        Optional<Found> found = find();
        if (found.isEmpty()) {
            create(tables);
            return true;
        }
        if (found.get().ours() && !covers(tables)) {
            change(Statements.setTables(name, tables), "change");
        } else {
            Requirement.requireNone(unmet(found.get(), tables));
        }
        return false;
    }

    /** What is wrong with the publication, or, where it does not exist yet, what would keep us from making it. */
    public List<Requirement> unmet(List<PgTable> tables) throws SQLException {
        Optional<Found> found = find();
        if (found.isEmpty()) {
            return tables.isEmpty() || mayCreate(tables) ? List.of() : List.of(notCreatable(tables));
        }
        return found.get().ours() && !covers(tables) ? List.of() : unmet(found.get(), tables);
    }

    /** What is wrong with the publication where it must have been there all the time: then nothing about it may change now. */
    public List<Requirement> unmetSoFar(List<PgTable> tables) throws SQLException {
        Optional<Found> found = find();
        List<Requirement> unmet = found.isPresent()
                ? unmet(found.get(), tables)
                : List.of(problem("it does not exist.", Statements.createPublication(name, tables, server) + ";"));
        return unmet.stream()
                .map(each -> new Requirement(
                        each.code(),
                        each.subject(),
                        each.message()
                                + " 'scan.startup.mode' is committed-offset: what has changed since the slot's place"
                                + " without it would be missing.",
                        "Begin with 'scan.startup.mode: initial'. Or, where nothing is to be missed: " + each.fix()))
                .toList();
    }

    /**
     * Sees that a publication by which changes are being read still publishes what it did, and then brings ours to other
     * tables. Servers from 18 on go on without a publication that is gone, and none says that a table was left out.
     *
     * @param before tables whose changes have to have been in it all the time
     * @param now    what it is to publish from now on, all of before among it
     */
    public void follow(List<PgTable> before, List<PgTable> now) throws SQLException {
        Found found = find().orElse(null);
        if (found == null) {
            Requirement.requireNone(List.of(problem(
                    "it is gone; changes of the tables may have passed without it.",
                    "Drop the pipeline ('cdc drop'), remove its tables from the sink and start anew.")));
            return;
        }
        Requirement.requireNone(unmet(found, before));
        if (found.ours() && !covers(now)) {
            change(Statements.setTables(name, now), "change");
        } else {
            Requirement.requireNone(unmet(found, now));
        }
    }

    private Requirement notCreatable(List<PgTable> tables) {
        return new Requirement(
                PostgresError.PRIVILEGE,
                "publication " + name,
                "it does not exist, and user " + server.user() + " may not make it.",
                "Let the owner of the tables run: " + Statements.createPublication(name, tables, server) + ";");
    }

    private boolean mayCreate(List<PgTable> tables) throws SQLException {
        String sql =
                "select coalesce(bool_and(pg_has_role(relowner, 'usage')), true) from pg_class where oid = any (?::oid[])";
        String oids = tables.stream()
                .map(table -> Integer.toUnsignedString(table.oid()))
                .collect(Collectors.joining(",", "{", "}"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, oids);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1) && server.mayCreateInDatabase();
            }
        }
    }

    /** Whether it exists and bears our mark. */
    public boolean isOurs() throws SQLException {
        return find().filter(Found::ours).isPresent();
    }

    public void drop() throws SQLException {
        if (isOurs()) {
            execute(Statements.dropPublication(name));
        }
    }

    /** With its mark or not at all: without it, it would look like somebody else's from then on. */
    private void create(List<PgTable> tables) throws SQLException {
        connection.setAutoCommit(false);
        try {
            change(Statements.createPublication(name, tables, server), "make");
            execute(Statements.mark(name, mark));
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void change(String sql, String what) {
        try {
            execute(sql);
        } catch (SQLException e) {
            if (MISSING_RIGHT.equals(e.getSQLState())) {
                throw new MillraceException(
                        PostgresError.PRIVILEGE,
                        "User " + server.user() + " may not " + what + " the publication " + name + ": "
                                + e.getMessage(),
                        "Let the owner of the tables run: " + sql + ";",
                        e);
            }
            throw PostgresFailure.during("trying to " + what + " the publication " + name, e);
        }
    }

    private List<Requirement> unmet(Found found, List<PgTable> tables) throws SQLException {
        List<Requirement> unmet = new ArrayList<>();
        if (!found.everyOperation()) {
            unmet.add(problem(
                    "it does not publish every kind of change.",
                    "ALTER PUBLICATION " + Statements.name(name)
                            + " SET (publish = 'insert, update, delete, truncate');"));
        }
        if (!found.viaRoot() && tables.stream().anyMatch(PgTable::partitioned)) {
            unmet.add(problem(
                    "it publishes partitions under their own names.",
                    "ALTER PUBLICATION " + Statements.name(name) + " SET (publish_via_partition_root = true);"));
        }
        Map<TableId, Published> published = published();
        List<PgTable> missing = tables.stream()
                .filter(table -> !published.containsKey(table.id()))
                .toList();
        if (!missing.isEmpty()) {
            unmet.add(problem(
                    "it lacks " + missing.size() + " of the tables, first "
                            + missing.getFirst().id() + ".",
                    Statements.addTables(name, missing) + ";"));
        }
        for (PgTable table : tables) {
            Published as = published.get(table.id());
            if (as != null && !as.isWhole(table)) {
                unmet.add(problem(
                        "it publishes only some rows or columns of " + table.id() + ".",
                        "ALTER PUBLICATION " + Statements.name(name) + " DROP TABLE " + Statements.name(table) + "; "
                                + Statements.addTables(name, List.of(table)) + ";"));
            }
        }
        return unmet;
    }

    private Requirement problem(String message, String fix) {
        return new Requirement(PostgresError.PUBLICATION, "publication " + name, message, fix);
    }

    private boolean covers(List<PgTable> tables) throws SQLException {
        Map<TableId, Published> published = published();
        return tables.stream().allMatch(table -> published.containsKey(table.id()))
                && published.size() == tables.size();
    }

    private Optional<Found> find() throws SQLException {
        String sql = """
                select pubinsert and pubupdate and pubdelete and pubtruncate, pubviaroot, d.description
                from pg_publication p
                left join pg_description d on d.classoid = 'pg_publication'::regclass and d.objoid = p.oid
                where pubname = ?""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Found(row.getBoolean(1), row.getBoolean(2), mark.equals(row.getString(3))))
                        : Optional.empty();
            }
        }
    }

    private Map<TableId, Published> published() throws SQLException {
        String details = server.major() >= DETAILS_SINCE
                ? "rowfilter is not null, array_to_string(attnames::text[], chr(1))"
                : "false, null";
        String sql = "select current_database(), schemaname, tablename, " + details
                + " from pg_publication_tables where pubname = ?";
        Map<TableId, Published> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            new TableId(rows.getString(1), rows.getString(2), rows.getString(3)),
                            new Published(
                                    rows.getBoolean(4),
                                    Optional.ofNullable(rows.getString(5))
                                            .map(names -> Set.of(names.split("\u0001")))));
                }
            }
        }
        return found;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private record Found(boolean everyOperation, boolean viaRoot, boolean ours) {}

    /** @param columns empty where the server publishes all without saying so */
    private record Published(boolean filtered, Optional<Set<String>> columns) {
        boolean isWhole(PgTable table) {
            return !filtered
                    && columns.map(names -> names.containsAll(
                                    table.columns().stream().map(PgColumn::name).toList()))
                            .orElse(true);
        }
    }
}
