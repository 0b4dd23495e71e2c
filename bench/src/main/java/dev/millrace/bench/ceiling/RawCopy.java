package dev.millrace.bench.ceiling;

import dev.millrace.bench.ceiling.Account.Moved;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads tables by {@code COPY} in its binary format through the driver and counts bytes. Arguments: URL, schema, connections. */
public final class RawCopy {
    private RawCopy() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        int connections = Integer.parseInt(arguments[2]);
        Queue<String> pieces = new ConcurrentLinkedQueue<>(pieces(url, arguments[1], connections));
        Account.of(() -> {
            List<Future<Moved>> readers = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
                for (int i = 0; i < connections; i++) {
                    readers.add(threads.submit(() -> read(url, pieces)));
                }
            }
            Moved all = new Moved(0, 0);
            for (Future<Moved> reader : readers) {
                Moved part = reader.get();
                all = new Moved(all.rows() + part.rows(), all.bytes() + part.bytes());
            }
            return all;
        });
    }

    /** Each table cut into as many runs of pages as there are connections. */
    private static List<String> pieces(String url, String schema, int connections) throws SQLException {
        List<String> pieces = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("select c.oid::regclass::text, pg_relation_size(c.oid) / 8192"
                        + " from pg_class c where relkind = 'r' and relnamespace = '" + schema
                        + "'::regnamespace order by 1")) {
            while (tables.next()) {
                long pages = tables.getLong(2);
                for (int i = 0; i < connections; i++) {
                    String from = "ctid >= '(" + pages * i / connections + ",0)'";
                    String to = i == connections - 1 ? "" : " and ctid < '(" + pages * (i + 1) / connections + ",0)'";
                    String where = connections == 1 ? "" : " where " + from + to;
                    pieces.add("copy (select * from " + tables.getString(1) + where + ") to stdout (format binary)");
                }
            }
        }
        return pieces;
    }

    private static Moved read(String url, Queue<String> pieces) throws SQLException {
        long rows = 0;
        long bytes = 0;
        try (Connection connection = DriverManager.getConnection(url)) {
            for (String piece = pieces.poll(); piece != null; piece = pieces.poll()) {
                CopyOut copy =
                        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(piece);
                for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                    rows++;
                    bytes += row.length;
                }
                // The end of the data comes as a message of its own.
                rows--;
            }
        }
        return new Moved(rows, bytes);
    }
}
