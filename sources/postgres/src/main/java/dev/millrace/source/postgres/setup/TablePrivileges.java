package dev.millrace.source.postgres.setup;

import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.relational.check.Requirement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Which rights on tables are missing, with the statements that grant them. */
public final class TablePrivileges {
    private static final String QUERY = """
            select c.oid::int8, n.nspname, has_schema_privilege(n.oid, 'usage'), has_table_privilege(c.oid, 'select')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.oid = any (?::oid[])""";

    private TablePrivileges() {}

    public static List<Requirement> unmet(Connection connection, ServerFacts server, List<PgTable> tables)
            throws SQLException {
        Map<Integer, PgTable> byOid = new HashMap<>();
        tables.forEach(table -> byOid.put(table.oid(), table));
        String oids = byOid.keySet().stream().map(Integer::toUnsignedString).collect(Collectors.joining(",", "{", "}"));
        List<Requirement> unmet = new ArrayList<>();
        String role = Statements.name(server.user());
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, oids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    PgTable table = Objects.requireNonNull(byOid.get((int) rows.getLong(1)));
                    String schema = Statements.name(rows.getString(2));
                    if (!rows.getBoolean(3)) {
                        unmet.add(missing(
                                table,
                                "may not use schema " + schema,
                                "GRANT USAGE ON SCHEMA " + schema + " TO " + role));
                    }
                    if (!rows.getBoolean(4)) {
                        unmet.add(missing(
                                table, "may not read it", "GRANT SELECT ON " + Statements.name(table) + " TO " + role));
                    }
                }
            }
        }
        return unmet;
    }

    private static Requirement missing(PgTable table, String what, String grant) {
        return new Requirement(PostgresError.PRIVILEGE, "table " + table.id(), "the user " + what + ".", grant + ";");
    }
}
