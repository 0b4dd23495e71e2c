package dev.millrace.source.postgres.setup;

import dev.millrace.source.postgres.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A state of the database that other sessions can look at, for as long as this is open and its session runs nothing else.
 *
 * @param place in the log: the state holds exactly the transactions whose commit record begins before it
 * @param name  for {@code SET TRANSACTION SNAPSHOT}
 */
public record ExportedSnapshot(Connection session, long place, String name) implements AutoCloseable {
    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            throw PostgresFailure.during("giving up the snapshot " + name, e);
        }
    }
}
