package dev.millrace.sink.paimon;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Committable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaimonSinkTest {
    private static final Schema ORDERS = new Schema(
            TableId.of("shop", "orders"),
            1,
            List.of(
                    new Column(0, "id", new DataType.Int64(), false),
                    new Column(1, "state", new DataType.Text(), true),
                    new Column(2, "note", new DataType.Text(), true)),
            List.of(0));
    private static final Schema EVENTS = new Schema(
            TableId.of("shop", "events"),
            1,
            List.of(new Column(0, "at", new DataType.Int64(), false), new Column(1, "what", new DataType.Text(), true)),
            List.of());

    @TempDir
    Path folder;

    @Test
    void showsNothingBeforeTheCommit() {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).insert(1, "new", null));
            List<Committable> staged = lake.prepare(1);

            assertThat(lake.rows(ORDERS)).isEmpty();
            assertThat(lake.committer().newestCommitted()).isEmpty();

            lake.commit(1, staged);

            assertThat(lake.rows(ORDERS)).containsExactly("1|new|NULL");
            assertThat(lake.committer().newestCommitted()).hasValue(1);
        }
    }

    @Test
    void appliesChangesInOrderWithinAndAcrossCheckpoints() {
        try (Lake lake = new Lake(folder, "p-1", 3)) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS)
                    .insert(2, "new", "b")
                    .insert(1, "new", "a")
                    .update(1, "paid", "a")
                    .insert(70_000, "new", "c")
                    .delete(70_000, null, null));
            lake.checkpoint(1);
            assertThat(lake.rows(ORDERS)).containsExactly("1|paid|a", "2|new|b");

            lake.write(Rows.of(ORDERS).delete(2, Rows.UNCHANGED, Rows.UNCHANGED).insert(2, "again", "b2"));
            lake.write(Rows.of(ORDERS).update(1, "sent", "a").insert(70_000, "back", "c"));
            lake.checkpoint(2);
            assertThat(lake.rows(ORDERS)).containsExactly("1|sent|a", "2|again|b2", "70000|back|c");
        }
    }

    @Test
    void appliesChangesThatComeInRandomOrder() {
        Random random = new Random(42);
        Map<Integer, String> expected = new HashMap<>();
        try (Lake lake = new Lake(folder, "p-1", 2)) {
            lake.create(ORDERS);
            for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
                for (int batch = 0; batch < 20; batch++) {
                    Rows rows = Rows.of(ORDERS);
                    for (int i = 0; i < 1000; i++) {
                        int id = random.nextInt(9000) - 100;
                        String state = random.nextInt(4) == 0 ? null : "s" + random.nextInt(50);
                        if (random.nextInt(5) == 0) {
                            rows.delete(id, Rows.UNCHANGED, Rows.UNCHANGED);
                            expected.remove(id);
                        } else {
                            rows.update(id, state, "n" + i);
                            expected.put(id, id + "|" + (state == null ? "NULL" : state) + "|n" + i);
                        }
                    }
                    lake.write(rows);
                }
                lake.checkpoint(checkpoint);
                assertThat(lake.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expected.values());
            }
        }
    }

    @Test
    void commitsACheckpointOnlyOnce() {
        List<Committable> staged;
        try (Lake lake = new Lake(folder)) {
            lake.create(EVENTS, ORDERS);
            lake.write(Rows.of(EVENTS).insert(1, "seen").insert(1, "seen"));
            lake.write(Rows.of(ORDERS).insert(1, "new", null));
            staged = lake.prepare(1);
            lake.commit(1, staged);
            lake.commit(1, staged);
            lake.kill();
        }
        try (Lake lake = new Lake(folder)) {
            assertThat(lake.committer().newestCommitted()).hasValue(1);
            lake.commit(1, staged);
            lake.committer().discardStaged(1);
            lake.write(Rows.of(EVENTS).insert(2, "later"));
            lake.checkpoint(2);
            assertThat(lake.rows(EVENTS)).containsExactly("1|seen", "1|seen", "2|later");
            assertThat(lake.rows(ORDERS)).hasSize(1);
        }
    }

    @Test
    void finishesACommitThatStoppedBetweenTwoTables() {
        List<Committable> staged;
        try (Lake lake = new Lake(folder)) {
            lake.create(EVENTS, ORDERS);
            lake.write(Rows.of(EVENTS).insert(1, "seen"));
            lake.write(Rows.of(ORDERS).insert(1, "new", null));
            staged = lake.prepare(7);
            lake.commit(7, staged.subList(0, 1));
            lake.kill();
        }
        try (Lake lake = new Lake(folder)) {
            assertThat(lake.committer().newestCommitted()).hasValue(7);
            lake.commit(7, staged);
            assertThat(lake.rows(EVENTS)).hasSize(1);
            assertThat(lake.rows(ORDERS)).hasSize(1);
        }
    }

    @Test
    void truncatesInTheSameStepInWhichNewRowsAppear() {
        try (Lake lake = new Lake(folder, "p-1", 2)) {
            lake.create(ORDERS, EVENTS);
            lake.write(Rows.of(ORDERS).insert(1, "old", null).insert(2, "old", null));
            lake.write(Rows.of(EVENTS).insert(1, "old"));
            lake.checkpoint(1);

            lake.write(Rows.of(ORDERS).insert(3, "gone", null));
            lake.truncate(ORDERS.table());
            lake.truncate(EVENTS.table());
            lake.write(Rows.of(ORDERS).insert(2, "new", null));
            List<Committable> staged = lake.prepare(2);
            assertThat(lake.rows(ORDERS)).containsExactly("1|old|NULL", "2|old|NULL");
            lake.commit(2, staged);
            lake.commit(2, staged);

            assertThat(lake.rows(ORDERS)).containsExactly("2|new|NULL");
            assertThat(lake.rows(EVENTS)).isEmpty();
        }
    }

    @Test
    void emptiesATableForASnapshotThatBeginsAnew() {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).insert(1, "old", null));
            lake.checkpoint(1);
            lake.committer().apply(List.of(new SchemaChange.TruncateTable(ORDERS.table())));
            assertThat(lake.rows(ORDERS)).isEmpty();
            assertThat(lake.committer().newestCommitted()).hasValue(1);
        }
    }

    @Test
    void takesUnchangedValuesFromTheSinksOwnRow() {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS)
                    .insert(1, "new", "long text")
                    .insert(2, "new", "other")
                    .insert(3, "new", null));
            lake.checkpoint(1);

            lake.write(Rows.of(ORDERS).update(1, "paid", Rows.UNCHANGED).update(3, "paid", Rows.UNCHANGED));
            List<Committable> second = lake.prepare(2);
            lake.write(Rows.of(ORDERS)
                    .update(1, "sent", Rows.UNCHANGED)
                    .update(2, Rows.UNCHANGED, "changed")
                    .insert(4, "new", "fourth")
                    .update(4, "paid", Rows.UNCHANGED));
            lake.commit(2, second);
            lake.checkpoint(3);

            assertThat(lake.rows(ORDERS))
                    .containsExactly("1|sent|long text", "2|new|changed", "3|paid|NULL", "4|paid|fourth");
        }
    }

    @Test
    void refusesAnUnchangedValueThatIsNowhere() {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).update(1, "paid", Rows.UNCHANGED));
            assertThatThrownBy(() -> lake.prepare(1))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("shop.orders (id=1)")
                    .hasMessageContaining("'note'");
        }
    }

    @Test
    void refusesUpdatesOfATableWithoutAKey() {
        try (Lake lake = new Lake(folder)) {
            lake.create(EVENTS);
            lake.write(Rows.of(EVENTS).update(1, "changed"));
            assertThatThrownBy(() -> lake.prepare(1))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("has no key");
        }
    }

    @Test
    void publishesAManifestThatNamesTheSnapshotOfEveryTable() {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS, EVENTS);
            lake.write(Rows.of(ORDERS).insert(1, "new", null));
            lake.checkpoint(1);
            lake.write(Rows.of(ORDERS).update(1, "paid", null));
            lake.write(Rows.of(EVENTS).insert(5, "paid"));
            lake.checkpoint(2);

            assertThat(lake.manifests()).extracting(m -> m.checkpointId()).containsExactly(2L, 1L);
            assertThat(lake.manifests().getFirst().json())
                    .contains("\"sourcePosition\" : \"0/2\"")
                    .contains("\"state\" : \"consistent\"");
            assertThat(lake.rows(ORDERS, OptionalLong.of(1))).containsExactly("1|new|NULL");
            assertThat(lake.rows(EVENTS, OptionalLong.of(1))).isEmpty();
            assertThat(lake.rows(ORDERS, OptionalLong.of(2))).containsExactly("1|paid|NULL");
            assertThatThrownBy(() -> lake.rows(ORDERS, OptionalLong.of(9)))
                    .hasMessageContaining("checkpoint 9")
                    .hasMessageContaining("from 1 to 2");
        }
    }

    @Test
    void refusesATableThatSomebodyElseHasWritten() {
        try (Lake other = new Lake(folder, "p-other", 1)) {
            other.create(ORDERS);
            other.write(Rows.of(ORDERS).insert(1, "theirs", null));
            other.checkpoint(1);
        }
        try (Lake lake = new Lake(folder)) {
            assertThatThrownBy(() -> lake.create(ORDERS))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("a pipeline 'shop to lake' with another state than this one's")
                    .extracting(e -> ((MillraceException) e).nextStep(), as(STRING))
                    .contains("the folder ", "lake/shop.db/orders)");
            lake.inWarehouse(warehouse ->
                    warehouse.files().delete(new org.apache.paimon.fs.Path(warehouse.root(), "_millrace"), true));
            assertThatThrownBy(() -> lake.create(ORDERS)).hasMessageContaining("something else than this pipeline");
        }
    }

    @Test
    void tellsARefusedNameFromATableThatIsNotThere() {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            for (TableId outside : List.of(TableId.of("..", "etc"), TableId.of("shop", "a/../b"))) {
                assertThatThrownBy(() -> lake.rows(new Schema(outside, 1, ORDERS.columns(), List.of(0))))
                        .isInstanceOf(MillraceException.class)
                        .hasMessageContaining("can't be the name of a table here");
            }
        }
    }
}
