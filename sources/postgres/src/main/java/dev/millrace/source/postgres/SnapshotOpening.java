package dev.millrace.source.postgres;

import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.CatalogReader;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.ExportedSnapshot;
import dev.millrace.source.postgres.snapshot.ChunkPlanner;
import dev.millrace.source.postgres.snapshot.SnapshotSession;
import dev.millrace.source.postgres.split.Epoch;
import dev.millrace.source.postgres.split.TableSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A new epoch, with the tables as the catalog describes them in its state of the database.
 *
 * @param exported keeps the state visible; closed by who holds the epoch
 */
record SnapshotOpening(ExportedSnapshot exported, Epoch epoch, Map<TableId, PgTable> tables, SnapshotSession session)
        implements AutoCloseable {

    /** Takes over the snapshot also where this fails. */
    static SnapshotOpening open(Sessions sessions, ExportedSnapshot exported, int number, Set<TableId> wanted) {
        SnapshotSession session = null;
        try {
            session = new SnapshotSession(sessions.sql("planning"));
            session.begin(exported.name());
            Connection connection = session.connection();
            Epoch epoch = new Epoch(number, exported.place(), micros(connection), exported.name());
            Map<TableId, PgTable> tables = new CatalogReader(connection)
                    .read(wanted::contains).stream().collect(Collectors.toMap(PgTable::id, Function.identity()));
            return new SnapshotOpening(exported, epoch, tables, session);
        } catch (SQLException e) {
            close(exported, session);
            throw PostgresFailure.during("reading the catalog", e);
        } catch (RuntimeException e) {
            close(exported, session);
            throw e;
        }
    }

    /** Decides how these tables are cut. */
    List<TableSnapshot> plan(List<PgTable> all, OptionalInt chunkRows) {
        return new ChunkPlanner(session.connection(), chunkRows).plan(all);
    }

    /** Ends the planning; the snapshot itself stays. */
    @Override
    public void close() {
        session.close();
    }

    private static void close(ExportedSnapshot exported, @org.jspecify.annotations.Nullable SnapshotSession session) {
        try (exported) {
            if (session != null) {
                session.close();
            }
        }
    }

    private static long micros(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select (extract(epoch from clock_timestamp()) * 1000000)::int8")) {
            row.next();
            return row.getLong(1);
        }
    }
}
