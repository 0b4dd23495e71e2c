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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which tables show the user only some of their rows. The log shows all of them to everybody. */
public final class RowSecurity {
    private RowSecurity() {}

    /** @param tables of which rows are to be read, their partitions included */
    public static List<Requirement> unmet(Connection connection, ServerFacts server, List<PgTable> tables)
            throws SQLException {
        Map<Integer, PgTable> relations = new HashMap<>();
        for (PgTable table : tables) {
            relations.put(table.oid(), table);
            table.storage().forEach(part -> relations.put(part.oid(), table));
        }
        Set<PgTable> hiding = new LinkedHashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select oid::int8 from unnest(?::oid[]) oid where row_security_active(oid)")) {
            statement.setString(
                    1,
                    relations.keySet().stream()
                            .map(Integer::toUnsignedString)
                            .collect(Collectors.joining(",", "{", "}")));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    hiding.add(relations.get((int) rows.getLong(1)));
                }
            }
        }
        List<Requirement> unmet = new ArrayList<>();
        hiding.forEach(table -> unmet.add(new Requirement(
                PostgresError.PRIVILEGE,
                "table " + table.id(),
                "its row-level security hides rows from user " + server.user() + ", but not their changes in the log.",
                "ALTER ROLE " + Statements.name(server.user()) + " BYPASSRLS;")));
        return unmet;
    }
}
