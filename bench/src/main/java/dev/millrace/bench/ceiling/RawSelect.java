package dev.millrace.bench.ceiling;

import dev.millrace.bench.ceiling.Account.Moved;
import dev.millrace.bench.source.BenchDatabase;
import dev.millrace.config.Secret;
import dev.millrace.source.mysql.wire.ResultStream;
import dev.millrace.source.mysql.wire.ServerAddress;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.mysql.wire.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads tables by prepared statements, whose rows come in the binary protocol, and counts bytes without looking at them.
 * Arguments: host, port, user, connections, and for each table its name and highest key.
 */
public final class RawSelect {
    private static final int FIRST_TABLE = 4;

    private RawSelect() {}

    public static void main(String[] arguments) throws Exception {
        ServerAddress address = new ServerAddress(
                arguments[0],
                Integer.parseInt(arguments[1]),
                arguments[2],
                new Secret(""),
                TlsSettings.of(TlsSettings.Mode.DISABLED),
                Duration.ofSeconds(10));
        int connections = Integer.parseInt(arguments[3]);
        Queue<String> pieces = new ConcurrentLinkedQueue<>();
        for (int i = FIRST_TABLE; i < arguments.length; i += 2) {
            pieces.addAll(pieces(arguments[i], Long.parseLong(arguments[i + 1]), connections));
        }
        Account.of(() -> {
            List<Future<Moved>> readers = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
                for (int i = 0; i < connections; i++) {
                    readers.add(threads.submit(() -> read(address, pieces)));
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

    /** A table cut into as many ranges of its key as there are connections. */
    private static List<String> pieces(String table, long last, int connections) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            pieces.add("select * from " + BenchDatabase.DATA + "." + table + " where id > " + last * i / connections
                    + " and id <= " + last * (i + 1) / connections);
        }
        return pieces;
    }

    private static Moved read(ServerAddress address, Queue<String> pieces) {
        long rows = 0;
        long bytes = 0;
        try (ServerSession session = ServerSession.open(address)) {
            for (String piece = pieces.poll(); piece != null; piece = pieces.poll()) {
                ResultStream result = session.read(piece);
                while (result.next()) {
                    rows++;
                    bytes += result.end() - result.start();
                }
            }
        }
        return new Moved(rows, bytes);
    }
}
