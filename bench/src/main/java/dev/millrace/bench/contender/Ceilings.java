package dev.millrace.bench.contender;

import dev.millrace.bench.report.Bout;
import java.sql.SQLException;
import java.util.Map;

/** What others reach on the same rows. Those in Java report from inside: the start of their JVM is left out. */
public interface Ceilings {
    /** Who reads tables, or writes their rows. */
    Map<Bout, Contender> ofTables() throws SQLException;

    /** Takes note of where the log ends, before the changes are made. */
    OfLog beforeChanges() throws SQLException;

    /** Who reads the changes. */
    interface OfLog extends AutoCloseable {
        /** Once the changes are made. */
        Map<Bout, Contender> contenders() throws SQLException;

        /** What all changes take in the form in which they are sent. */
        long bytes() throws SQLException;

        @Override
        void close() throws SQLException;
    }
}
