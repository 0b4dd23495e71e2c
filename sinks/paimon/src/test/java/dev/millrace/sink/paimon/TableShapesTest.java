package dev.millrace.sink.paimon;

import static dev.millrace.sink.paimon.Tables.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigException;
import dev.millrace.error.MillraceException;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Checkable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.manifest.BucketEntry;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.types.DataField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableShapesTest {
    private static final Schema ORDERS = orders(
            List.of(
                    new Column(0, "id", new DataType.Int64(), false),
                    new Column(1, "country", new DataType.Text(), false),
                    new Column(2, "total", new DataType.Int32(), true)),
            List.of(0, 1));

    @TempDir
    Path folder;

    @Test
    void aRowMovesToAnotherPartitionWithItsKey() {
        try (Lake lake = new Lake(folder, "p-1", 2).with("partition.key", "shop.orders:country")) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).insert(1, "de", 10).insert(2, "de", 20).insert(3, "fr", 30));
            lake.checkpoint(1);
            lake.write(Rows.of(ORDERS)
                    .delete(1, "de", Rows.UNCHANGED)
                    .insert(1, "fr", 11)
                    .update(2, "de", 21));
            lake.checkpoint(2);

            assertThat(ForeignReader.rows(lake, ORDERS)).containsExactly("1|fr|11", "2|de|21", "3|fr|30");
            assertThat(lake.rows(ORDERS)).containsExactly("1|fr|11", "2|de|21", "3|fr|30");
            assertThat(lake.warehouse().resolve("shop.db/orders/country=de")).isDirectory();
            assertThat(lake.warehouse().resolve("shop.db/orders/country=fr")).isDirectory();
        }
    }

    @Test
    void twoWritersFillFourBucketsAndAForeignReaderSeesTheSameRows() throws Exception {
        Random random = new Random(7);
        Map<Integer, String> expected = new HashMap<>();
        try (Lake lake = new Lake(folder, "p-1", 2).with("table.properties.bucket", "4")) {
            lake.create(ORDERS);
            for (int checkpoint = 1; checkpoint <= 8; checkpoint++) {
                Rows rows = Rows.of(ORDERS);
                for (int i = 0; i < 2_000; i++) {
                    int id = random.nextInt(5_000) * 100;
                    if (random.nextInt(4) == 0) {
                        rows.delete(id, "de", Rows.UNCHANGED);
                        expected.remove(id);
                    } else {
                        rows.update(id, "de", i);
                        expected.put(id, id + "|de|" + i);
                    }
                }
                lake.write(rows);
                lake.checkpoint(checkpoint);
                if (checkpoint == 6) {
                    lake.doMaintenance();
                }
            }
            assertThat(ForeignReader.rows(lake, ORDERS)).containsExactlyInAnyOrderElementsOf(expected.values());
            assertThat(lake.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expected.values());
            assertThat(lake.<Long>inspect(
                            ORDERS,
                            table -> table.newSnapshotReader().bucketEntries().stream()
                                    .map(BucketEntry::bucket)
                                    .distinct()
                                    .count()))
                    .isEqualTo(4);
        }
    }

    @Test
    void aWriteOnlyTableIsMergedByAnotherJobAndWrittenOn() throws Exception {
        try (Lake lake = new Lake(folder).with("table.properties.write-only", "true")) {
            lake.create(ORDERS);
            for (int checkpoint = 1; checkpoint <= 8; checkpoint++) {
                lake.write(Rows.of(ORDERS).update(checkpoint % 3, "de", checkpoint));
                lake.checkpoint(checkpoint);
            }
            lake.doMaintenance();
            assertThat(liveFiles(lake)).isEqualTo(8);
            lake.inspect(ORDERS, this::mergeByPaimonItself);
            assertThat(liveFiles(lake)).isEqualTo(1);
            lake.write(Rows.of(ORDERS).update(1, "de", 9));
            lake.checkpoint(9);
            assertThat(ForeignReader.rows(lake, ORDERS)).containsExactly("0|de|6", "1|de|9", "2|de|8");
            assertThat(lake.committer().newestCommitted()).hasValue(9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowkind", "_VALUE_KIND", "_ROW_ID", "_KEY_id"})
    void refusesColumnsWhoseNamesPaimonKeepsForItself(String name) {
        Schema schema = orders(
                List.of(
                        new Column(0, "id", new DataType.Int64(), false),
                        new Column(1, name, new DataType.Int32(), true)),
                List.of(0));
        try (Lake lake = new Lake(folder)) {
            assertThatThrownBy(() -> lake.create(schema))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(PaimonError.SCHEMA))
                    .hasMessageContaining("'" + name + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-2", "0", "many"})
    void refusesBucketsThatItCannotFill(String buckets) {
        try (Lake lake = new Lake(folder).with("table.properties.bucket", buckets)) {
            assertThatThrownBy(() -> lake.create(ORDERS))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("bucket '" + buckets + "'");
        }
    }

    @ParameterizedTest
    @CsvSource({"ignore-delete, true", "deduplicate.ignore-delete, true", "record-level.expire-time, 1 h"})
    void refusesOptionsUnderWhichReadersSeeOtherRowsThanTheSources(String option, String value) {
        try (Lake lake = new Lake(folder).with("table.properties." + option, value)) {
            assertThatThrownBy(() -> lake.create(ORDERS))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(option);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "id country; column 'total' is missing",
                "id country total extra; column 'extra' is not at the source",
                "id total country; column 2 is 'total' instead of 'country'",
                "id country total:text; column 'total' is STRING instead of INT",
                "id country! total; column 'country' is STRING instead of STRING NOT NULL"
            })
    void namesTheColumnInWhichAnExistingTableDiffers(String shape, String difference) {
        createForeign(shape, List.of());
        try (Lake lake = new Lake(folder)) {
            assertThatThrownBy(() -> lake.create(orders(ORDERS.columns(), List.of())))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            failure -> assertThat(failure.code()).isEqualTo(PaimonError.EXISTING_TABLE))
                    .hasMessageContaining("shop.orders")
                    .hasMessageContaining(difference);
        }
    }

    @Test
    void refusesAnExistingTableWithAnotherKey() {
        createForeign("id country total", List.of("id"));
        try (Lake lake = new Lake(folder)) {
            assertThatThrownBy(() -> lake.create(ORDERS))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("primary key is [id] instead of [id, country]");
        }
    }

    @Test
    void refusesOtherPartitionsAndBucketsThanTheTableHas() {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
        }
        try (Lake lake =
                new Lake(folder).with("partition.key", "shop.orders:country").with("table.properties.bucket", "4")) {
            assertThatThrownBy(() -> lake.create(ORDERS))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("partitioned by [] instead of [country] ('partition.key')")
                    .hasMessageContaining("has 1 buckets instead of 4 ('table.properties.bucket')");
        }
    }

    @Test
    void refusesAPartitionColumnOutsideOfTheKey() {
        try (Lake lake = new Lake(folder).with("partition.key", "shop.orders:total")) {
            assertThatThrownBy(() -> lake.create(ORDERS))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("shop.orders can't be partitioned by 'total'")
                    .hasMessageContaining("[id, country]");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void findsTablesThatItCannotMakeBeforeAndAfterThereIsAWarehouse(boolean exists) {
        Schema reserved = orders(
                List.of(
                        new Column(0, "id", new DataType.Int64(), false),
                        new Column(1, "rowkind", new DataType.Int32(), true)),
                List.of(0));
        Schema nested = orders(
                List.of(new Column(0, "id", new DataType.Array(new DataType.Int64(), false), false)), List.of(0));
        try (Lake lake = new Lake(folder).with("partition.key", "shop.orders:total")) {
            if (exists) {
                lake.create(EVENTS);
            }
            assertThat(lake.checkTables(ORDERS, EVENTS, reserved, nested))
                    .allMatch(finding -> finding.level() == Checkable.Level.ERROR)
                    .extracting(Checkable.Finding::message)
                    .satisfiesExactly(
                            text -> assertThat(text).contains("can't be partitioned by 'total'"),
                            text -> assertThat(text).contains("Column 'rowkind' of shop.orders"),
                            text -> assertThat(text).contains("The key column 'id' of shop.orders"));
            assertThat(lake.checkTables(EVENTS))
                    .singleElement()
                    .extracting(Checkable.Finding::level)
                    .isEqualTo(Checkable.Level.OK);
            if (!exists) {
                assertThat(lake.warehouse()).doesNotExist();
            }
        }
    }

    @Test
    void namesTheRowThatItCannotHold() {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            Rows rows = Rows.of(ORDERS).insert(1, "de", 10).transaction(77).insert(2, null, 20);
            assertThatThrownBy(() -> lake.write(rows))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("Column 'country' of shop.orders (id=2, country=)")
                    .hasMessageContaining("transaction 77")
                    .hasMessageContaining("log position 77");
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "-0.0, -0"})
    void refusesKeysThatPaimonOrdersAnotherWay(double key, String named) {
        Schema measured = orders(List.of(new Column(0, "at", new DataType.Float64(), false)), List.of(0));
        try (Lake lake = new Lake(folder)) {
            lake.create(measured);
            lake.write(Rows.of(measured).insert(0.0).insert(-1.5));
            Rows rows = Rows.of(measured).insert(key);
            assertThatThrownBy(() -> lake.write(rows))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("Column 'at' of shop.orders")
                    .hasMessageContaining("holds " + named + ", which");
        }
    }

    @Test
    void takesOverAnEmptyTableOfTheRightShapeThatSomebodyElseHasMade() {
        createForeign("id country total", List.of("id", "country"));
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).insert(1, "de", 10));
            lake.checkpoint(1);
            assertThat(ForeignReader.rows(lake, ORDERS)).containsExactly("1|de|10");
        }
    }

    @Test
    void keepsEqualRowsOfATableWithoutAKey() {
        try (Lake lake = new Lake(folder, "p-1", 2)) {
            lake.create(EVENTS);
            lake.write(Rows.of(EVENTS).insert(1).insert(1));
            lake.write(Rows.of(EVENTS).transaction(2).insert(1).insert(2));
            lake.checkpoint(1);
            assertThat(ForeignReader.rows(lake, EVENTS)).containsExactly("1", "1", "1", "2");
        }
    }

    @Test
    void createsCommentsNullabilityAndOptionsAsTheyWereGiven() {
        Schema commented = new Schema(
                TableId.of("shop", "orders"),
                1,
                List.of(
                        new Column(0, "id", new DataType.Int64(), false, Optional.of("the number on the invoice")),
                        new Column(1, "total", new DataType.Int32(), true)),
                List.of(0),
                Optional.of("all orders"));
        try (Lake lake = new Lake(folder)
                .with("table.properties.target-file-size", "64 mb")
                .with("table.properties.of.the.user", "kept")) {
            lake.create(commented);
            lake.<Object>inspect(commented, table -> {
                DataField id = table.rowType().getField("id");
                assertThat(id.description()).isEqualTo("the number on the invoice");
                assertThat(id.type().isNullable()).isFalse();
                assertThat(table.rowType().getField("total").type().isNullable())
                        .isTrue();
                assertThat(table.comment()).contains("all orders");
                return assertThat(table.options())
                        .containsEntry("target-file-size", "64 mb")
                        .containsEntry("of.the.user", "kept");
            });
        }
    }

    @Test
    void saysWhichTableOptionPaimonDoesNotKnow() {
        try (Lake lake = new Lake(folder)
                .with("table.properties.snapshot.time-retaind", "2 h")
                .with("table.properties.parquet.page.size", "1 mb")) {
            assertThat(lake.check())
                    .filteredOn(finding -> finding.level() == Checkable.Level.WARNING)
                    .extracting(finding -> finding.subject() + ": " + finding.fix())
                    .filteredOn(text -> text.startsWith("table.properties"))
                    .containsExactly("table.properties.snapshot.time-retaind: Did you mean 'snapshot.time-retained'?");
        }
    }

    private static int liveFiles(Lake lake) {
        return lake.inspect(
                ORDERS,
                table -> table.newSnapshotReader().read().dataSplits().stream()
                        .mapToInt(split -> split.dataFiles().size())
                        .sum());
    }

    /** What a separate compaction job does, by Paimon's own API. */
    private boolean mergeByPaimonItself(FileStoreTable found) {
        FileStoreTable table = found.copy(Map.of("write-only", "false"));
        var builder = table.newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(IOManager.create(folder.toString()));
            for (BucketEntry bucket : table.newSnapshotReader().bucketEntries()) {
                write.compact(bucket.partition(), bucket.bucket(), true);
            }
            commit.commit(write.prepareCommit());
            return true;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param shape names of columns; text after a colon is the type, ! makes it nullable */
    private void createForeign(String shape, List<String> key) {
        try (Lake lake = new Lake(folder)) {
            lake.inWarehouse(warehouse -> {
                var schema = org.apache.paimon.schema.Schema.newBuilder();
                for (String column : shape.split(" ")) {
                    String name = column.replaceAll("!|:.*", "");
                    var type = PaimonTypes.of(
                            column.endsWith(":text")
                                    ? new Column(0, name, new DataType.Text(), true)
                                    : ORDERS.columns()
                                            .get(Math.max(
                                                    0,
                                                    List.of("id", "country", "total")
                                                            .indexOf(name))),
                            new AtomicInteger(9));
                    schema.column(name, column.endsWith("!") ? type.nullable() : type);
                }
                schema.primaryKey(key).option("bucket", key.isEmpty() ? "-1" : "2");
                warehouse.catalog().createDatabase("shop", true);
                warehouse.catalog().createTable(Warehouse.identifier(ORDERS.table()), schema.build(), false);
            });
        }
    }

    private static Schema orders(List<Column> columns, List<Integer> key) {
        return new Schema(TableId.of("shop", "orders"), 1, columns, key);
    }
}
