package dev.millrace.sink.paimon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.model.RowSelection;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.paimon.codegen.CodeGenUtils;
import org.apache.paimon.codegen.RecordComparator;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.types.RowType;

/** Our order of keys against the comparator by which Paimon's readers merge. */
class KeyOrderTest {
    @Property(tries = 200)
    void agreesWithPaimonOnWholeNumbers(@ForAll List<Long> keys) {
        agree(
                List.of(new DataType.Int64()),
                keys.stream().map(k -> new Object[] {k}).toList());
    }

    @Property(tries = 200)
    void agreesWithPaimonOnFewWholeNumbers(@ForAll("small") List<Long> keys) {
        agree(
                List.of(new DataType.Int64()),
                keys.stream().map(k -> new Object[] {k}).toList());
    }

    @Property(tries = 200)
    void agreesWithPaimonOnTexts(@ForAll("texts") List<String> keys) {
        agree(
                List.of(new DataType.Text()),
                keys.stream().map(k -> new Object[] {k}).toList());
    }

    @Property(tries = 200)
    void agreesWithPaimonOnBytes(@ForAll List<byte[]> keys) {
        agree(
                List.of(new DataType.Binary()),
                keys.stream().map(k -> new Object[] {k}).toList());
    }

    @Property(tries = 100)
    void agreesWithPaimonOnKeysOfSeveralColumns(
            @ForAll("texts") List<String> texts, @ForAll("small") List<Long> numbers) {
        int rows = Math.min(texts.size(), numbers.size());
        agree(
                List.of(new DataType.Int32(), new DataType.Text(), new DataType.Timestamp(6)),
                IntStream.range(0, rows)
                        .mapToObj(i -> new Object[] {numbers.get(i), texts.get(i), numbers.get(rows - 1 - i)})
                        .toList());
    }

    @Property(tries = 100)
    void agreesWithPaimonOnUuidsAndTimesKeptAsText(@ForAll List<Long> numbers) {
        agree(
                List.of(new DataType.Uuid(), new DataType.Time(6)),
                numbers.stream()
                        .map(n -> new Object[] {
                            java.nio.ByteBuffer.allocate(16)
                                    .putLong(n)
                                    .putLong(-n)
                                    .array(),
                            Math.floorMod(n, 86_400_000_000L)
                        })
                        .toList());
    }

    @Provide
    Arbitrary<List<Long>> small() {
        return Arbitraries.longs().between(-3, 300).list().ofMaxSize(200);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'ü', '€', '\uFFFD', ' ')
                .ofMaxLength(9)
                .list()
                .ofMaxSize(100);
    }

    private static void agree(List<DataType> types, List<Object[]> keys) {
        List<Column> columns = IntStream.range(0, types.size())
                .mapToObj(i -> new Column(i, "k" + i, types.get(i), false))
                .toList();
        Schema schema = new Schema(TableId.of("a", "b"), 1, columns, List.of());
        RowBuffer buffer = new RowBuffer();
        for (int from = 0; from < keys.size(); from += 7) {
            Rows rows = Rows.of(schema);
            keys.subList(from, Math.min(keys.size(), from + 7)).forEach(rows::insert);
            buffer.add(RowSelection.all(rows.batch()));
        }
        RowType type = RowType.of(columns.stream()
                .map(column -> PaimonTypes.of(column, new java.util.concurrent.atomic.AtomicInteger()))
                .toArray(org.apache.paimon.types.DataType[]::new));
        RecordComparator comparator = CodeGenUtils.newRecordComparator(type.getFieldTypes());
        InternalRowSerializer serializer = new InternalRowSerializer(type);
        BinaryRow[] rows = IntStream.range(0, buffer.size())
                .mapToObj(position ->
                        serializer.toBinaryRow(buffer.window(position)).copy())
                .toArray(BinaryRow[]::new);
        int[] expected = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparing(position -> rows[position], comparator))
                .mapToInt(Integer::intValue)
                .toArray();

        int[] sorted = buffer.positions();
        new KeyOrder(buffer, columns, IntStream.range(0, types.size()).toArray()).sort(sorted);

        assertThat(sorted).as(Arrays.toString(expected)).isEqualTo(expected);
    }
}
