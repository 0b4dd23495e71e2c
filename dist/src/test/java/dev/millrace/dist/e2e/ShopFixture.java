package dev.millrace.dist.e2e;

import dev.millrace.quickstart.Shop;
import dev.millrace.quickstart.ShopSize;
import dev.millrace.quickstart.ShopWriter;
import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A shop on a real server, and a pipeline file that copies it into a Paimon warehouse. */
final class ShopFixture implements AutoCloseable {
    static final String DATABASE = "shop";
    private static final long SEED = 20_261_121;

    private final PostgresServer server;
    private final Path folder;
    private final Path warehouse;
    private final Path state;
    private final Path pipeline;

    private ShopFixture(PostgresServer server, Path folder, Path warehouse, Path state, Path pipeline) {
        this.server = server;
        this.folder = folder;
        this.warehouse = warehouse;
        this.state = state;
        this.pipeline = pipeline;
    }

    /** A shop with everything in one folder. */
    static ShopFixture in(Path folder, int major, ShopSize size) throws Exception {
        return in(folder, folder.resolve("warehouse"), folder.resolve("state"), major, size);
    }

    static ShopFixture in(Path folder, Path warehouse, Path state, int major, ShopSize size) throws Exception {
        PostgresServer server = PostgresServer.started(
                PostgresSettings.ofMajor(major).with("wal_sender_timeout", "5s").with("fsync", "off"));
        server.createDatabase(DATABASE);
        try (Connection connection = server.connect(DATABASE)) {
            Shop.create(connection, size, SEED);
        }
        ShopFixture fixture = new ShopFixture(server, folder, warehouse, state, folder.resolve("shop.yaml"));
        fixture.writePipeline(server.port());
        return fixture;
    }

    /** Lets the pipeline connect to this port, which may be a proxy's. */
    void writePipeline(int port) throws IOException {
        Files.writeString(pipeline, """
                source:
                  type: postgres
                  hostname: 127.0.0.1
                  port: %d
                  username: postgres
                  password: none
                  tables: shop.public.\\.*
                sink:
                  type: paimon
                  catalog.properties.warehouse: %s
                pipeline:
                  name: shop
                  parallelism: 2
                  state: %s
                  checkpoint.interval: 300ms
                """.formatted(port, warehouse, state));
    }

    PostgresServer server() {
        return server;
    }

    Path folder() {
        return folder;
    }

    Path warehouse() {
        return warehouse;
    }

    String pipeline() {
        return pipeline.toString();
    }

    Connection connect() throws SQLException {
        return server.connect(DATABASE);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs this many transactions, one after the other. */
    void trade(int transactions, long seed) throws SQLException {
        try (Connection connection = connect()) {
            ShopWriter writer = new ShopWriter(connection, seed, InstantSource.system());
            for (int i = 0; i < transactions; i++) {
                writer.runOneTransaction();
            }
        }
    }

    /** Writers that go on until they are closed. */
    Traders startTrading(int writers) {
        return new Traders(writers);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Writers at work; a transaction that fails because the server went away is tried again. */
    final class Traders implements AutoCloseable {
        private final ExecutorService threads;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Future<Long>> work = new ArrayList<>();

        private Traders(int writers) {
            threads = Executors.newFixedThreadPool(writers);
            for (int i = 0; i < writers; i++) {
                long seed = i;
                work.add(threads.submit(() -> trade(seed)));
            }
        }

        private long trade(long firstSeed) {
            long done = 0;
            long seed = firstSeed;
            while (!stopped.get()) {
                try (Connection connection = connect()) {
                    ShopWriter writer = new ShopWriter(connection, seed, InstantSource.system());
                    while (!stopped.get()) {
                        writer.runOneTransaction();
                        done++;
                    }
                } catch (SQLException e) {
                    seed += 1000;
                }
            }
            return done;
        }

        /** Ends all writers; how many transactions they committed. */
        long stop() throws Exception {
            stopped.set(true);
            long done = 0;
            for (Future<Long> each : work) {
                done += each.get();
            }
            return done;
        }

        @Override
        public void close() {
            stopped.set(true);
            threads.close();
        }
    }
}
