package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChangeBatchTest {
    private static final Schema SCHEMA = new Schema(
            TableId.of("shop", "orders"),
            1,
            List.of(
                    new Column(1, "id", new DataType.Int64(), false),
                    new Column(2, "note", new DataType.Text(), true),
                    new Column(3, "tags", new DataType.Array(new DataType.Text(), true), true)),
            List.of(0));

    /** A cell as a test sees it: a value, null (empty), or unchanged. */
    record Cell<T>(Optional<T> value, boolean unchanged) {}

    record Row(Operation operation, long id, Cell<String> note, Cell<List<String>> tags) {}

    @Property(tries = 200)
    void givesBackWhatWasAppended(@ForAll("rows") @Size(max = 300) List<Row> rows) {
        ChangeBatchBuilder builder = new ChangeBatchBuilder(SCHEMA, ChangeBatch.Origin.LOG);
        List<ChangeBatch> built = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            builder.startTransaction(7 + round, 100 + round, 1000 + round);
            rows.forEach(row -> append(builder, row));
            built.add(builder.build());
        }
        for (int round = 0; round < 2; round++) {
            ChangeBatch batch = built.get(round);
            assertThat(read(batch)).isEqualTo(rows);
            for (int row = 0; row < rows.size(); row++) {
                assertThat(batch.transactions().id(batch.transactions().runOf(row)))
                        .isEqualTo(7 + round);
            }
        }
    }

    @Property(tries = 100)
    void findsTheTransactionOfEachRow(
            @ForAll @Size(min = 1, max = 50) List<@net.jqwik.api.constraints.IntRange(max = 5) Integer> sizes) {
        ChangeBatchBuilder builder = new ChangeBatchBuilder(SCHEMA, ChangeBatch.Origin.LOG);
        List<Long> expected = new ArrayList<>();
        for (int transaction = 0; transaction < sizes.size(); transaction++) {
            builder.startTransaction(transaction, transaction * 10L, transaction * 100L);
            for (int i = 0; i < sizes.get(transaction); i++) {
                append(
                        builder,
                        new Row(
                                Operation.INSERT,
                                i,
                                new Cell<>(Optional.empty(), false),
                                new Cell<>(Optional.empty(), false)));
                expected.add((long) transaction);
            }
        }
        TransactionRuns runs = builder.build().transactions();
        for (int row = 0; row < expected.size(); row++) {
            int run = runs.runOf(row);
            assertThat(runs.id(run)).isEqualTo(expected.get(row));
            assertThat(runs.commitMicros(run)).isEqualTo(expected.get(row) * 10);
            assertThat(runs.position(run)).isEqualTo(expected.get(row) * 100);
        }
    }

    @Test
    void goesOnInTheSameTransactionAfterBuild() {
        ChangeBatchBuilder builder = new ChangeBatchBuilder(SCHEMA, ChangeBatch.Origin.LOG);
        builder.startTransaction(42, 1, 2);
        Row row = new Row(Operation.INSERT, 1, new Cell<>(Optional.of("a"), false), new Cell<>(Optional.empty(), true));
        append(builder, row);
        builder.build();
        append(builder, row);
        assertThat(builder.build().transactions().id(0)).isEqualTo(42);
    }

    @Test
    void refusesARowWithAMissingCell() {
        ChangeBatchBuilder builder = new ChangeBatchBuilder(SCHEMA, ChangeBatch.Origin.LOG);
        builder.startTransaction(1, 1, 1);
        ((LongVector.Builder) builder.column(0)).append(1);
        builder.endRow(Operation.INSERT);
        assertThatThrownBy(builder::build).hasMessageContaining("note").hasMessageContaining("0 cells for 1 rows");
    }

    @Test
    void selectsHalfOfTheRowsWithoutACopy() {
        ChangeBatchBuilder builder = new ChangeBatchBuilder(SCHEMA, ChangeBatch.Origin.SNAPSHOT);
        builder.startTransaction(0, 1, 1);
        for (int i = 0; i < 4; i++) {
            append(
                    builder,
                    new Row(
                            Operation.INSERT,
                            i,
                            new Cell<>(Optional.of("x"), false),
                            new Cell<>(Optional.empty(), false)));
        }
        ChangeBatch batch = builder.build();
        RowSelection odd = RowSelection.of(batch, new int[] {1, 3, 0}, 2);
        assertThat(odd.batch()).isSameAs(batch);
        assertThat(odd.count()).isEqualTo(2);
        assertThat(odd.row(1)).isEqualTo(3);
        assertThat(odd.byteSize()).isGreaterThan(batch.byteSize());
        assertThat(odd.rowBytes()).isEqualTo(batch.byteSize() / 2);
    }

    private static void append(ChangeBatchBuilder builder, Row row) {
        ((LongVector.Builder) builder.column(0)).append(row.id());
        BytesVector.Builder note = (BytesVector.Builder) builder.column(1);
        if (row.note().unchanged()) {
            note.appendUnchanged();
        } else if (row.note().value().isEmpty()) {
            note.appendNull();
        } else {
            appendText(note, row.note().value().get());
        }
        ArrayVector.Builder tags = (ArrayVector.Builder) builder.column(2);
        if (row.tags().unchanged()) {
            tags.appendUnchanged();
        } else if (row.tags().value().isEmpty()) {
            tags.appendNull();
        } else {
            row.tags().value().get().forEach(tag -> appendText((BytesVector.Builder) tags.elements(), tag));
            tags.endCell();
        }
        builder.endRow(row.operation());
    }

    private static void appendText(BytesVector.Builder cells, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        cells.appendCell(bytes, 0, bytes.length);
    }

    private static List<Row> read(ChangeBatch batch) {
        List<Row> rows = new ArrayList<>();
        LongVector ids = (LongVector) batch.column(0);
        BytesVector notes = (BytesVector) batch.column(1);
        ArrayVector tags = (ArrayVector) batch.column(2);
        for (int i = 0; i < batch.rows(); i++) {
            rows.add(new Row(
                    batch.operation(i), ids.get(i), cell(notes, i, text(notes, i)), cell(tags, i, list(tags, i))));
        }
        return rows;
    }

    private static <T> Cell<T> cell(ColumnVector vector, int row, T value) {
        boolean absent = vector.isNull(row) || vector.isUnchanged(row);
        return new Cell<>(absent ? Optional.empty() : Optional.of(value), vector.isUnchanged(row));
    }

    private static String text(BytesVector vector, int row) {
        return new String(vector.copy(row), StandardCharsets.UTF_8);
    }

    private static List<String> list(ArrayVector vector, int row) {
        List<String> elements = new ArrayList<>();
        for (int i = vector.start(row); i < vector.end(row); i++) {
            elements.add(text((BytesVector) vector.elements(), i));
        }
        return elements;
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<String> text = Arbitraries.strings()
                .ofMaxLength(20)
                .filter(s -> s.chars().noneMatch(c -> Character.isSurrogate((char) c)));
        return Combinators.combine(
                        Arbitraries.of(Operation.class),
                        Arbitraries.longs(),
                        cells(text),
                        cells(text.list().ofMaxSize(4)))
                .as(Row::new)
                .list();
    }

    private static <T> Arbitrary<Cell<T>> cells(Arbitrary<T> values) {
        return Arbitraries.oneOf(
                values.map(value -> new Cell<>(Optional.of(value), false)),
                Arbitraries.create(() -> new Cell<T>(Optional.empty(), false)),
                Arbitraries.create(() -> new Cell<T>(Optional.empty(), true)));
    }
}
