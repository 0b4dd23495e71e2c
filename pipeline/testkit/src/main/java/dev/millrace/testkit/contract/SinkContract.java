package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.runtime.JobClock;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.testkit.TypeExample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every sink keeps. Each test has a target of its own: tables and rows of one test are never seen by another, and
 * every sink that a test opens works on the same target. Rows are told as text, {@code [1, a]}, cells as
 * {@link dev.millrace.testkit.CellText} says them.
 */
public abstract class SinkContract {
    private static final PipelineIdentity PIPELINE =
            new PipelineIdentity("contract", "0b5c6f6e-5d8a-4c6e-9f3b-0d6f1f0a9a11");
    private static final PipelineIdentity OTHER_PIPELINE =
            new PipelineIdentity("other", "7c1e2f3a-1111-4222-8333-444455556666");
    private static final TableId ORDERS = new TableId("shop", "public", "orders");
    private static final int WRITERS = 2;
    private static final long BUFFER_BYTES = 16L << 20;

    private final List<SinkSession> open = new ArrayList<>();

    @TempDir
    Path spill;

    /** What the sink can do. */
    protected abstract SinkAbilities abilities();

    /** A new sink on the test's target. */
    protected abstract Sink open(SinkContext context) throws Exception;

    /** What readers of the target see of a table now, in any order; for a sink without keys the newest row of each key. */
    protected abstract List<String> visibleRows(Schema schema) throws Exception;

    /** Values that the sink holds exactly; all of {@link TypeExample#all} where not overridden. */
    protected List<TypeExample> held() {
        return TypeExample.all();
    }

    /** Types that the sink refuses when a table with such a column is created. */
    protected List<DataType> refused() {
        return List.of();
    }

    @AfterEach
    void closeSessions() {
        open.forEach(SinkSession::close);
    }

    @Test
    void showsRowsOnlyOnceTheyAreCommitted() throws Exception {
        SinkSession session = session();
        session.create(Rows.keyed(ORDERS));
        session.write(
                new Rows(Rows.keyed(ORDERS)).insert(1, "a").insert(2, null).batch());
        expect(ORDERS);
        CommitRequest request = session.prepare(1);
        expect(ORDERS);

        session.commit(request);

        expect(ORDERS, "[1, a]", "[2, null]");
        expectNewest(session, 1);
    }

    @Test
    void commitsTheSameCheckpointAgainWithoutEffect() throws Exception {
        SinkSession session = session();
        createBoth(session);
        write(session, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(1, "a").batch());
        write(
                session,
                keylessTable(),
                new Rows(Rows.keyless(keylessTable())).insert(1, "a").batch());
        CommitRequest request = session.prepare(1);

        session.commit(request);
        session.commit(request);

        expect(ORDERS, "[1, a]");
        expectKeyless("[1, a]");
    }

    @Test
    void commitsAgainAfterARestartWithoutEffect() throws Exception {
        SinkSession session = session();
        createBoth(session);
        write(session, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(1, "a").batch());
        write(
                session,
                keylessTable(),
                new Rows(Rows.keyless(keylessTable())).insert(1, "a").batch());
        CommitRequest request = session.prepare(1);
        session.commit(request);

        SinkSession next = restarted(session);
        expectNewest(next, 1);
        next.commit(request);
        next.discardStaged(1);

        expect(ORDERS, "[1, a]");
        expectKeyless("[1, a]");
    }

    @Test
    void commitsWhatAProcessPreparedThatDied() throws Exception {
        SinkSession session = session();
        createBoth(session);
        write(session, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(1, "a").batch());
        session.prepareAndCommit(1);
        write(
                session,
                ORDERS,
                new Rows(Rows.keyed(ORDERS)).update(1, "b").insert(2, "c").batch());
        write(
                session,
                keylessTable(),
                new Rows(Rows.keyless(keylessTable())).insert(7, "x").batch());
        CommitRequest request = session.prepare(2);

        SinkSession next = dropped(session);
        expectNewest(next, 1);
        next.commit(request);
        next.discardStaged(2);

        expectNewest(next, 2);
        expect(ORDERS, "[1, b]", "[2, c]");
        expectKeyless("[7, x]");
    }

    @Test
    void forgetsWhatWasStagedAndNeverBecameACheckpoint() throws Exception {
        SinkSession session = session();
        session.create(Rows.keyed(ORDERS));
        write(session, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(1, "a").batch());
        CommitRequest committed = session.prepare(1);
        session.commit(committed);
        write(session, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(2, "lost").batch());
        session.prepare(2);
        write(
                session,
                ORDERS,
                new Rows(Rows.keyed(ORDERS)).insert(3, "lost too").batch());

        SinkSession next = dropped(session);
        next.commit(committed);
        next.discardStaged(1);
        next.create(Rows.keyed(ORDERS));
        expect(ORDERS, "[1, a]");
        write(next, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(4, "d").batch());
        next.prepareAndCommit(2);

        expect(ORDERS, "[1, a]", "[4, d]");
        expectNewest(next, 2);
    }

    @Test
    void leavesAloneWhatAnotherPipelineHasStaged() throws Exception {
        TableId theirs = new TableId("shop", "public", "theirs");
        SinkSession other = session(OTHER_PIPELINE);
        other.create(Rows.keyed(theirs));
        write(other, theirs, new Rows(Rows.keyed(theirs)).insert(1, "kept").batch());
        CommitRequest request = other.prepare(1);

        SinkSession session = session();
        session.create(Rows.keyed(ORDERS));
        session.discardStaged(0);
        other.commit(request);

        expect(theirs, "[1, kept]");
        assertThat(session.newestCommitted()).as("checkpoints of this pipeline").isEmpty();
    }

    @Test
    void createsATableThatIsThereAlreadyWithoutEffect() throws Exception {
        SinkSession session = session();
        session.create(Rows.keyed(ORDERS));
        write(session, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(1, "a").batch());
        session.prepareAndCommit(1);

        session.create(Rows.keyed(ORDERS));

        expect(ORDERS, "[1, a]");
    }

    @Test
    void keepsTheOrderOfChangesToAKey() throws Exception {
        SinkSession session = session();
        Schema schema = Rows.keyed(ORDERS);
        session.create(schema);
        write(
                session,
                ORDERS,
                new Rows(schema)
                        .insert(1, "a")
                        .update(1, "b")
                        .insert(2, "x")
                        .delete(2)
                        .batch());
        write(
                session,
                ORDERS,
                new Rows(schema).update(1, "c").insert(2, "y").insert(3, "z").batch());
        session.prepareAndCommit(1);
        expect(ORDERS, "[1, c]", "[2, y]", "[3, z]");

        write(
                session,
                ORDERS,
                new Rows(schema).delete(3).delete(1).insert(1, "d").batch());
        session.prepareAndCommit(2);

        expect(ORDERS, "[1, d]", "[2, y]");
    }

    @Test
    void givesAllRowsOfAKeyToOneWriter() throws Exception {
        SinkSession session = session();
        Schema schema = Rows.keyed(ORDERS);
        session.create(schema);
        Rows rows = new Rows(schema);
        IntStream.range(0, 100).forEach(id -> rows.insert(id, "a"));
        IntStream.range(0, 100).forEach(rows::delete);

        int[] writers = session.partition(rows.batch());

        for (int id = 0; id < 100; id++) {
            assertThat(writers[id]).isBetween(0, WRITERS - 1).isEqualTo(writers[100 + id]);
        }
    }

    @Test
    void commitsManyTablesTogether() throws Exception {
        SinkSession session = session();
        List<TableId> tables = IntStream.range(0, 20)
                .mapToObj(i -> new TableId("shop", "public", "table_" + i))
                .toList();
        for (TableId table : tables) {
            session.create(Rows.keyed(table));
            write(
                    session,
                    table,
                    new Rows(Rows.keyed(table)).insert(1, table.name()).batch());
        }

        session.prepareAndCommit(1);

        for (TableId table : tables) {
            expect(table, "[1, " + table.name() + "]");
        }
    }

    @Test
    void truncatesAtItsPlaceInTheStream() throws Exception {
        SinkSession session = session();
        Schema schema = Rows.keyed(ORDERS);
        createBoth(session);
        write(
                session,
                ORDERS,
                new Rows(schema).insert(1, "a").insert(2, "b").insert(3, "c").batch());
        write(
                session,
                keylessTable(),
                new Rows(Rows.keyless(keylessTable())).insert(1, "a").batch());
        session.prepareAndCommit(1);
        write(session, ORDERS, new Rows(schema).insert(4, "d").insert(5, "e").batch());
        session.truncate(ORDERS);
        if (abilities().tablesWithoutKey()) {
            session.truncate(keylessTable());
        }
        write(session, ORDERS, new Rows(schema).insert(2, "new").insert(6, "f").batch());
        CommitRequest request = session.prepare(2);
        expect(ORDERS, "[1, a]", "[2, b]", "[3, c]");

        session.commit(request);
        session.commit(request);

        expect(ORDERS, "[2, new]", "[6, f]");
        expectKeyless();
    }

    @Test
    void truncatesWithoutFurtherRows() throws Exception {
        SinkSession session = session();
        session.create(Rows.keyed(ORDERS));
        write(session, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(1, "a").batch());
        session.prepareAndCommit(1);

        session.truncate(ORDERS);
        session.prepareAndCommit(2);

        expect(ORDERS);
    }

    @Test
    void truncatesBeforeReadingBeginsAnew() throws Exception {
        SinkSession session = session();
        session.create(Rows.keyed(ORDERS));
        write(session, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(1, "a").batch());
        session.prepareAndCommit(1);

        SinkSession next = restarted(session);
        next.create(Rows.keyed(ORDERS));
        next.truncateAtOpening(ORDERS);
        next.truncateAtOpening(ORDERS);
        write(next, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(2, "b").batch());
        next.prepareAndCommit(2);

        expect(ORDERS, "[2, b]");
    }

    @Test
    void commitsACheckpointWithoutRows() throws Exception {
        SinkSession session = session();
        session.create(Rows.keyed(ORDERS));
        session.prepareAndCommit(1);
        write(session, ORDERS, new Rows(Rows.keyed(ORDERS)).insert(1, "a").batch());
        session.prepareAndCommit(2);

        session.prepareAndCommit(3);

        expect(ORDERS, "[1, a]");
    }

    @Test
    void appendsEqualRowsOfATableWithoutAKey() throws Exception {
        Schema schema = Rows.keyless(keylessTable());
        SinkSession session = session();
        if (!abilities().tablesWithoutKey()) {
            assertThatThrownBy(() -> session.create(schema)).isInstanceOf(MillraceException.class);
            return;
        }
        session.create(schema);
        session.write(
                new Rows(schema).insert(1, "a").insert(1, "a").insert(2, "b").batch());
        session.prepareAndCommit(1);
        session.write(new Rows(schema).insert(1, "a").batch());
        session.prepareAndCommit(2);

        expect(keylessTable(), "[1, a]", "[1, a]", "[1, a]", "[2, b]");
    }

    @Test
    void completesCellsThatTheSourceDidNotSendOrRefusesThem() throws Exception {
        assumeTrue(abilities().remembers());
        SinkSession session = session();
        Schema schema = Rows.keyed(ORDERS);
        session.create(schema);
        session.write(new Rows(schema).insert(1, "kept").insert(2, "b").batch());
        session.prepareAndCommit(1);
        ChangeBatch partial = new Rows(schema)
                .insert(3, "c")
                .updateWithoutName(3)
                .updateWithoutName(1)
                .batch();
        if (abilities().fillsUnchanged()) {
            session.write(partial);
            session.prepareAndCommit(2);
            expect(ORDERS, "[1, kept]", "[2, b]", "[3, c]");
        } else {
            assertThatThrownBy(() -> {
                        session.write(partial);
                        session.prepareAndCommit(2);
                    })
                    .isInstanceOf(MillraceException.class);
            expect(ORDERS, "[1, kept]", "[2, b]");
        }
    }

    @Test
    void holdsEveryTypeExactly() throws Exception {
        assumeTrue(abilities().remembers());
        List<TypeExample> examples = held();
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(1, "id", new DataType.Int64(), false));
        for (TypeExample example : examples) {
            int id = columns.size() + 1;
            columns.add(new Column(id, "c" + id, example.type(), true));
        }
        Schema schema = new Schema(ORDERS, 1, columns, List.of(0));
        ChangeBatchBuilder rows = new ChangeBatchBuilder(schema, ChangeBatch.Origin.SNAPSHOT);
        rows.startTransaction(0, 0, 0);
        Rows.appendExamples(rows, 1, examples);
        Rows.appendExamples(rows, 2, null);

        SinkSession session = session();
        session.create(schema);
        session.write(rows.build());
        session.prepareAndCommit(1);

        List<String> full = new ArrayList<>(List.of("1"));
        List<String> empty = new ArrayList<>(List.of("2"));
        examples.forEach(example -> {
            full.add(example.text());
            empty.add("null");
        });
        assertThat(visibleRows(schema)).containsExactlyInAnyOrder(full.toString(), empty.toString());
    }

    @Test
    void refusesTypesThatItCantHold() throws Exception {
        for (DataType type : refused()) {
            SinkSession session = session();
            Schema schema = new Schema(
                    ORDERS,
                    1,
                    List.of(new Column(1, "id", new DataType.Int64(), false), new Column(2, "odd", type, true)),
                    List.of(0));

            assertThatThrownBy(() -> session.create(schema))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("odd");
        }
    }

    private SinkSession session() throws Exception {
        return session(PIPELINE);
    }

    private SinkSession session(PipelineIdentity pipeline) throws Exception {
        Path folder = Files.createTempDirectory(spill, "spill");
        SinkContext context = new SinkContext(pipeline, WRITERS, BUFFER_BYTES, folder, JobClock.SYSTEM);
        SinkSession session = new SinkSession(open(context), WRITERS);
        open.add(session);
        return session;
    }

    private SinkSession restarted(SinkSession ended) throws Exception {
        open.remove(ended);
        ended.close();
        return session();
    }

    /** As after a crash: nothing is closed before the next one opens. */
    private SinkSession dropped(SinkSession crashed) throws Exception {
        assertThat(open).contains(crashed);
        return session();
    }

    private void createBoth(SinkSession session) {
        session.create(Rows.keyed(ORDERS));
        if (abilities().tablesWithoutKey()) {
            session.create(Rows.keyless(keylessTable()));
        }
    }

    private void write(SinkSession session, TableId table, ChangeBatch batch) {
        if (!table.equals(keylessTable()) || abilities().tablesWithoutKey()) {
            session.write(batch);
        }
    }

    private static TableId keylessTable() {
        return new TableId("shop", "public", "journal");
    }

    private void expectNewest(SinkSession session, long checkpointId) {
        if (abilities().remembers()) {
            assertThat(session.newestCommitted()).hasValue(checkpointId);
        } else {
            assertThat(session.newestCommitted()).isEmpty();
        }
    }

    private void expect(TableId table, String... rows) throws Exception {
        Schema schema = table.equals(keylessTable()) ? Rows.keyless(table) : Rows.keyed(table);
        if (abilities().remembers()) {
            assertThat(visibleRows(schema)).as("rows of " + table).containsExactlyInAnyOrder(rows);
        } else {
            assertThat(visibleRows(schema)).isEmpty();
        }
    }

    private void expectKeyless(String... rows) throws Exception {
        if (abilities().tablesWithoutKey()) {
            expect(keylessTable(), rows);
        }
    }
}
