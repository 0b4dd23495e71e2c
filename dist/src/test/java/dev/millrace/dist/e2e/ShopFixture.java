package dev.millrace.dist.e2e;

import dev.millrace.quickstart.Shop;
import dev.millrace.quickstart.ShopSize;
import dev.millrace.quickstart.ShopWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A shop on a real server, and a pipeline file that copies it into a Paimon warehouse. */
final class ShopFixture implements AutoCloseable {
    private static final long SEED = 20_261_121;
    private static final long PAUSE_MILLIS = 4;

    private final Origin origin;
    private final boolean hasShop;
    private boolean hasRoughTrade;
    private final Path folder;
    private final Path warehouse;
    private final Path state;
    private final Path pipeline;

    private ShopFixture(OriginKind kind, Path folder, Path warehouse, Path state) {
        this.origin = kind.started();
        this.hasShop = kind.hasShop();
        this.folder = folder;
        this.warehouse = warehouse;
        this.state = state;
        this.pipeline = folder.resolve("shop.yaml");
    }

    /** A shop with everything in one folder. */
    static ShopFixture in(Path folder, int major, ShopSize size) throws Exception {
        return in(folder, folder.resolve("warehouse"), folder.resolve("state"), major, size);
    }

    static ShopFixture in(Path folder, Path warehouse, Path state, int major, ShopSize size) throws Exception {
        return in(folder, warehouse, state, major == 14 ? OriginKind.POSTGRES_14 : OriginKind.POSTGRES_18, size);
    }

    /** On a server that has no shop there is {@link RoughTrade} instead. */
    static ShopFixture in(Path folder, OriginKind kind, ShopSize size) throws Exception {
        return in(folder, folder.resolve("warehouse"), folder.resolve("state"), kind, size);
    }

    private static ShopFixture in(Path folder, Path warehouse, Path state, OriginKind kind, ShopSize size)
            throws Exception {
        ShopFixture fixture = new ShopFixture(kind, folder, warehouse, state);
        if (fixture.hasShop) {
            try (Connection connection = fixture.connect()) {
                Shop.create(connection, size, SEED);
            }
        } else {
            fixture.addRoughTrade();
        }
        fixture.writePipeline(fixture.origin.port());
        return fixture;
    }

    /** Lets the pipeline connect to this port, which may be a proxy's. */
    void writePipeline(int port) throws IOException {
        writePipeline(port, "  warehouse: " + warehouse, "  state: " + state);
    }

    /**
     * Lets the pipeline write somewhere else.
     *
     * @param sink            lines of the sink's section, with where the warehouse is
     * @param pipelineSection lines of the pipeline's section, with where the state is, and sections that follow it
     */
    void writePipeline(int port, String sink, String pipelineSection) throws IOException {
        Files.writeString(pipeline, """
                source:
                %s
                sink:
                  type: paimon
                %s
                pipeline:
                  name: shop
                  parallelism: 2
                  checkpoint.interval: 300ms
                %s
                """.formatted(origin.section(port).stripTrailing(), sink, pipelineSection));
    }

    Origin origin() {
        return origin;
    }

    Path folder() {
        return folder;
    }

    Path warehouse() {
        return warehouse;
    }

    Path state() {
        return state;
    }

    String pipeline() {
        return pipeline.toString();
    }

    Connection connect() throws SQLException {
        return origin.connect();
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
            Trade trade = traders().getFirst().begin(connection, seed);
            for (int i = 0; i < transactions; i++) {
                trade.runOneTransaction();
            }
        }
    }

    /** So many writers of the shop that go on until they are closed. */
    Traders startTrading(int writers) {
        return startTrading(Collections.nCopies(writers, ShopFixture::shopTrade));
    }

    /** Writers that go on until they are closed: one of each kind. */
    Traders startTrading(List<Trader> kinds) {
        return new Traders(kinds);
    }

    /** Tables for rougher trade, where they are not there yet. */
    void addRoughTrade() throws SQLException {
        if (!hasRoughTrade) {
            try (Connection connection = connect()) {
                RoughTrade.create(connection, origin.dialect());
            }
            hasRoughTrade = true;
        }
    }

    /** Writers of every kind that this database has tables for, one each. */
    List<Trader> traders() {
        List<Trader> traders = new ArrayList<>();
        if (hasShop) {
            traders.add(ShopFixture::shopTrade);
        }
        if (hasRoughTrade) {
            traders.add((connection, seed) -> new RoughTrade(connection, seed, origin.dialect()));
        }
        return traders;
    }

    /** What these writers keep. */
    List<SinkState.Rule> rules() {
        List<SinkState.Rule> rules = new ArrayList<>();
        if (hasShop) {
            rules.add(SinkState::assertShopIsRight);
        }
        if (hasRoughTrade) {
            rules.add(RoughTrade::assertHolds);
        }
        return rules;
    }

    static Trade shopTrade(Connection connection, long seed) throws SQLException {
        return new ShopWriter(connection, seed, InstantSource.system())::runOneTransaction;
    }

    /** One transaction after the other. */
    interface Trade {
        void runOneTransaction() throws SQLException;
    }

    /** Begins to write, with a connection of its own. */
    interface Trader {
        Trade begin(Connection connection, long seed) throws SQLException;
    }

    @Override
    public void close() {
        origin.close();
    }

    /** Writers at work; a transaction that fails because the server went away is tried again. */
    final class Traders implements AutoCloseable {
        private final ExecutorService threads;
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final List<Future<Long>> work = new ArrayList<>();

        private Traders(List<Trader> kinds) {
            threads = Executors.newFixedThreadPool(kinds.size());
            for (int i = 0; i < kinds.size(); i++) {
                long seed = i;
                Trader kind = kinds.get(i);
                work.add(threads.submit(() -> trade(kind, seed)));
            }
        }

        private long trade(Trader kind, long firstSeed) throws InterruptedException {
            long done = 0;
            long seed = firstSeed;
            while (stopped.getCount() > 0) {
                try (Connection connection = connect()) {
                    Trade trade = kind.begin(connection, seed);
                    // Not faster than a pipeline on a busy machine can follow: the log is to be caught up with now and
                    // then.
                    while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                        trade.runOneTransaction();
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
            stopped.countDown();
            long done = 0;
            for (Future<Long> each : work) {
                done += each.get();
            }
            return done;
        }

        @Override
        public void close() {
            stopped.countDown();
            threads.close();
        }
    }
}
