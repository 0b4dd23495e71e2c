package dev.millrace.bench.source;

import java.sql.SQLException;

/** A private server with tables to read; made for reading only, so that nothing of its own gets in between. */
public sealed interface BenchDatabase extends AutoCloseable permits PostgresDatabase, MySqlDatabase {
    /** Where the tables with rows are: a schema, or a database where there are no schemas. */
    String DATA = "data";

    /** Where a table of the same shape without a row is: what starting and ending costs is measured on it. */
    String NOTHING = "nothing";

    /** The server's first process. */
    long pid();

    /** With which JDBC connects, user included. */
    String url();

    /** Makes the tables and their rows, with nothing left for a later reader to tidy up. */
    void load(Workload workload) throws SQLException;

    /** Makes the changes, which pile up in the log. */
    void change(Workload workload) throws SQLException;

    /** Inserts new rows into the first table in one transaction. */
    void insertAtOnce(Workload workload, long rows) throws SQLException;

    /** What a row takes in the form in which it is read fastest, on average over the first of the first table. */
    long bytesPerRow() throws SQLException;

    /**
     * The source of a pipeline file.
     *
     * @param pipeline its name
     * @param where    {@link #DATA} or {@link #NOTHING}
     * @param latest   whether only changes are read, from now on
     */
    String section(String pipeline, String where, boolean latest);

    /** Where a pipeline that was run once stands at the source. */
    Standpoint standpoint(String pipeline) throws SQLException;

    /** Removes what a pipeline made at the server. */
    void forget(String pipeline) throws SQLException;

    @Override
    void close();

    /** A place to which a pipeline can be put back. */
    interface Standpoint extends AutoCloseable {
        /** Puts it back. The pipeline must have read everything that is in the log now when the result is asked. */
        Obligation rewind() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    /** What has to hold after a run. */
    @FunctionalInterface
    interface Obligation {
        /** @throws IllegalStateException where the run ended before */
        void check() throws SQLException;
    }
}
