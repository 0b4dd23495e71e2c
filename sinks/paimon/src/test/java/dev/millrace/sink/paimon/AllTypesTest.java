package dev.millrace.sink.paimon;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every type at its edges, written by this sink and read by DuckDB. */
class AllTypesTest {
    private static final String NINES = "9".repeat(38);
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    /** One column of a type, with values and what a reader has to see. */
    private record Sample(DataType type, List<?> values, List<String> seen) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample(new DataType.Bool(), List.of(0, 1), List.of("false", "true")),
            new Sample(new DataType.Int8(), List.of(-128, 127), List.of("-128", "127")),
            new Sample(new DataType.Int16(), List.of(-32768, 32767), List.of("-32768", "32767")),
            new Sample(
                    new DataType.Int32(),
                    List.of(Integer.MIN_VALUE, Integer.MAX_VALUE),
                    List.of("-2147483648", "2147483647")),
            new Sample(
                    new DataType.Int64(),
                    List.of(Long.MIN_VALUE, Long.MAX_VALUE),
                    List.of("-9223372036854775808", "9223372036854775807")),
            new Sample(new DataType.Float32(), List.of(Float.NaN, -1.5f), List.of("nan", "-1.5")),
            new Sample(new DataType.Float64(), List.of(Double.NEGATIVE_INFINITY, 0.1), List.of("-inf", "0.1")),
            new Sample(new DataType.Decimal(9, 2), List.of(-999_999_999L, 1), List.of("-9999999.99", "0.01")),
            new Sample(
                    new DataType.Decimal(18, 0),
                    List.of(-999_999_999_999_999_999L, 0),
                    List.of("-999999999999999999", "0")),
            new Sample(
                    new DataType.Decimal(38, 10),
                    List.of(unscaled(NINES), unscaled("-" + NINES)),
                    List.of("9".repeat(28) + "." + "9".repeat(10), "-" + "9".repeat(28) + "." + "9".repeat(10))),
            new Sample(
                    new DataType.Decimal(60, 20),
                    List.of(unscaled("9".repeat(60)), unscaled("-1")),
                    List.of("9".repeat(40) + "." + "9".repeat(20), "-0." + "0".repeat(19) + "1")),
            new Sample(new DataType.Char(3), List.of("a  ", "äöü"), List.of("a  ", "äöü")),
            new Sample(new DataType.Varchar(2), List.of("", "😀😀"), List.of("", "😀😀")),
            new Sample(new DataType.Text(), List.of("a|b\n\t'\"\\", ""), List.of("a|b\n\t'\"\\", "")),
            new Sample(
                    new DataType.Json(), List.of("{\"a\": [1, null]}", "null"), List.of("{\"a\": [1, null]}", "null")),
            new Sample(
                    new DataType.Uuid(),
                    List.of(bytes(ID), bytes(new UUID(-1, -1))),
                    List.of(ID.toString(), "ffffffff-ffff-ffff-ffff-ffffffffffff")),
            new Sample(new DataType.Binary(), List.of(new byte[] {0, -1, 127}, new byte[0]), List.of("00FF7F", "")),
            new Sample(new DataType.Date(), List.of(-2_440_588, 2_145_031_948), List.of("-2440588", "2145031948")),
            new Sample(new DataType.Time(3), List.of(0, 86_399_999_000L), List.of("00:00:00", "23:59:59.999")),
            new Sample(
                    new DataType.Time(6),
                    List.of(86_399_999_999L, 86_400_000_000L),
                    List.of("23:59:59.999999", "24:00:00.000000")),
            new Sample(
                    new DataType.Timestamp(6),
                    List.of(-210_866_803_200_000_000L, 9_223_371_331_199_999_999L),
                    List.of("-210866803200000000", "9223371331199999999")),
            new Sample(new DataType.Timestamp(3), List.of(-1_000, 86_400_001_000L), List.of("-1000", "86400001000")),
            new Sample(
                    new DataType.TimestampTz(6),
                    List.of(-210_866_803_200_000_000L, 1),
                    List.of("-210866803200000000", "1")),
            new Sample(
                    new DataType.Array(new DataType.Int32(), true),
                    List.of(holding(1, null, 3), List.of()),
                    List.of("[1, NULL, 3]", "[]")),
            new Sample(
                    new DataType.Array(new DataType.Array(new DataType.Text(), true), true),
                    List.of(holding(List.of("a", "b"), null, List.of()), List.of(List.of())),
                    List.of("[[a, b], NULL, []]", "[[]]")),
            new Sample(
                    new DataType.MapOf(new DataType.Text(), new DataType.Int64(), true),
                    List.of(Map.of("a", 1), Collections.singletonMap("b", null)),
                    List.of("{a=1}", "{b=NULL}")),
            new Sample(
                    new DataType.Struct(List.of(
                            new DataType.Struct.Field("n", new DataType.Int32(), false),
                            new DataType.Struct.Field("t", new DataType.Text(), true))),
                    List.of(holding(7, "x"), holding(8, null)),
                    List.of("{'n': 7, 't': x}", "{'n': 8, 't': NULL}")));

    @TempDir
    Path folder;

    @Test
    void aForeignReaderSeesEveryValueOfEveryTypeInATableWithAKey() {
        assertSeen(List.of(0));
    }

    @Test
    void aForeignReaderSeesEveryValueOfEveryTypeInATableWithoutAKey() {
        assertSeen(List.of());
    }

    private void assertSeen(List<Integer> key) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(0, "id", new DataType.Int64(), false));
        for (Sample sample : SAMPLES) {
            columns.add(new Column(columns.size(), "c" + columns.size(), sample.type, true));
        }
        Schema schema = new Schema(TableId.of("shop", "types"), 1, columns, key);
        try (Lake lake = new Lake(folder)) {
            lake.create(schema);
            Rows rows = Rows.of(schema);
            if (schema.hasKey()) {
                rows.insert(row(1, 0)).insert(row(2, 0));
                lake.write(rows);
                lake.checkpoint(1);
                rows = Rows.of(schema).update(row(2, 1)).update(row(3, -1));
            } else {
                rows.insert(row(1, 0)).insert(row(2, 1)).insert(row(3, -1));
            }
            lake.write(rows);
            lake.checkpoint(2);

            assertThat(ForeignReader.rows(lake, schema)).containsExactly(seen(1, 0), seen(2, 1), seen(3, -1));
            assertThat(lake.rows(schema))
                    .hasSize(3)
                    .first(as(STRING))
                    .endsWith("|[1,null,3]|[[\"a\",\"b\"],null,[]]|{\"a\":1}|{\"n\":7,\"t\":\"x\"}");
        }
    }

    /** @param sample which of the samples; -1 for nulls */
    private static @Nullable Object[] row(int id, int sample) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(id);
        SAMPLES.forEach(column -> cells.add(sample < 0 ? null : column.values.get(sample)));
        return cells.toArray();
    }

    private static String seen(int id, int sample) {
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(id));
        SAMPLES.forEach(column -> cells.add(sample < 0 ? "NULL" : column.seen.get(sample)));
        return String.join("|", cells);
    }

    private static List<@Nullable Object> holding(@Nullable Object... elements) {
        List<@Nullable Object> list = new ArrayList<>();
        Collections.addAll(list, elements);
        return list;
    }

    private static byte[] unscaled(String digits) {
        return new BigInteger(digits).toByteArray();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
