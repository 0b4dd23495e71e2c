package dev.millrace.dist.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real server with a database {@code shop} that a pipeline reads. */
interface Origin extends AutoCloseable {
    String DATABASE = "shop";

    Connection connect() throws SQLException;

    int port();

    /** The lines of a pipeline file that read all of its tables through this port, which may be a proxy's. */
    String section(int port);

    /** Where its tables are in the sink if no route says otherwise. */
    String namespace();

    Dialect dialect();

    List<String> tables(Connection connection) throws SQLException;

    /** Each cell as the same canonical text that {@link PaimonReader} gives. */
    List<Map<String, @Nullable String>> rows(Connection connection, String table) throws SQLException;

    void kill9();

    void start();

    /** Ends the sessions that read the log. */
    void endReaders() throws SQLException;

    @Override
    void close();
}
