package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RowSelectionProperties {
    private static final DataType STRUCT = new DataType.Struct(List.of(
            new DataType.Struct.Field("a", new DataType.Int32(), true),
            new DataType.Struct.Field("b", new DataType.Text(), true)));
    private static final Schema SCHEMA = new Schema(
            TableId.of("shop", "orders"),
            1,
            List.of(
                    new Column(1, "id", new DataType.Int64(), false),
                    new Column(2, "rating", new DataType.Float64(), true),
                    new Column(3, "note", new DataType.Text(), true),
                    new Column(4, "tags", new DataType.Array(new DataType.Text(), true), true),
                    new Column(5, "stock", new DataType.MapOf(new DataType.Text(), new DataType.Int64(), true), true),
                    new Column(6, "place", STRUCT, true)),
            List.of(0));

    @Property(tries = 300)
    void showsTheSelectedRowsAndChargesAllThatItKeepsAlive(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int rows, @ForAll @IntRange(max = 100) int percent)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        ChangeBatch batch = batch(random, rows);
        int[] selected = IntStream.range(0, rows)
                .filter(row -> random.nextInt(100) < percent)
                .toArray();

        RowSelection selection = RowSelection.of(batch, selected, selected.length);

        assertThat(texts(selection))
                .isEqualTo(
                        IntStream.of(selected).mapToObj(row -> text(batch, row)).toList());
        assertThat(selection.byteSize()).isGreaterThanOrEqualTo(new HeapSize().of(selection));
        assertThat(RowSelection.all(batch).byteSize()).isGreaterThanOrEqualTo(new HeapSize().of(batch));
    }

    private static List<String> texts(RowSelection selection) {
        return IntStream.range(0, selection.count())
                .mapToObj(i -> text(selection.batch(), selection.row(i)))
                .toList();
    }

    /** All that there is to a row. */
    private static String text(ChangeBatch batch, int row) {
        TransactionRuns runs = batch.transactions();
        int run = runs.runOf(row);
        List<String> cells = new ArrayList<>();
        batch.columns().forEach(column -> cells.add(cell(column, row)));
        return batch.operation(row) + " " + runs.id(run) + " " + runs.commitMicros(run) + " " + runs.position(run) + " "
                + cells;
    }

    private static String cell(ColumnVector vector, int row) {
        if (vector.isNull(row) || vector.isUnchanged(row)) {
            return vector.isNull(row) ? "null" : "unchanged";
        }
        return switch (vector) {
            case LongVector longs -> Long.toString(longs.get(row));
            case DoubleVector doubles -> Double.toString(doubles.get(row));
            case BytesVector bytes -> new String(bytes.copy(row), StandardCharsets.UTF_8);
            case ArrayVector array -> cells(array.elements(), array.start(row), array.end(row));
            case MapVector map ->
                cells(map.keys(), map.start(row), map.end(row)) + cells(map.values(), map.start(row), map.end(row));
            case StructVector struct ->
                struct.fields().stream().map(field -> cell(field, row)).toList().toString();
        };
    }

    private static String cells(ColumnVector vector, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> cell(vector, i)).toList().toString();
    }

    private static ChangeBatch batch(SplittableRandom random, int rows) {
        ChangeBatchBuilder builder = new ChangeBatchBuilder(SCHEMA, ChangeBatch.Origin.LOG);
        for (int row = 0; row < rows; row++) {
            if (row == 0 || random.nextInt(4) == 0) {
                builder.startTransaction(row + 1, 1000L + row, 5000L + row);
            }
            for (int column = 0; column < SCHEMA.columns().size(); column++) {
                append(random, builder.column(column));
            }
            builder.endRow(Operation.values()[random.nextInt(Operation.values().length)]);
        }
        return builder.build();
    }

    private static void append(SplittableRandom random, VectorBuilder column) {
        int dice = random.nextInt(12);
        if (dice == 0) {
            column.appendNull();
        } else if (dice == 1) {
            column.appendUnchanged();
        } else {
            appendValue(random, column);
        }
    }

    private static void appendValue(SplittableRandom random, VectorBuilder column) {
        switch (column) {
            case LongVector.Builder longs -> longs.append(random.nextLong());
            case DoubleVector.Builder doubles -> doubles.append(random.nextDouble());
            case BytesVector.Builder bytes -> {
                byte[] text = "x".repeat(random.nextInt(30)).getBytes(StandardCharsets.UTF_8);
                bytes.appendCell(text, 0, text.length);
            }
            case ArrayVector.Builder array -> {
                IntStream.range(0, random.nextInt(4)).forEach(i -> append(random, array.elements()));
                array.endCell();
            }
            case MapVector.Builder map -> {
                IntStream.range(0, random.nextInt(4)).forEach(i -> {
                    appendValue(random, map.keys());
                    append(random, map.values());
                });
                map.endCell();
            }
            case StructVector.Builder struct -> {
                struct.fields().forEach(field -> append(random, field));
                struct.endCell();
            }
        }
    }
}
