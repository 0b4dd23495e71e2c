package dev.millrace.source.mysql.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.model.BytesVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.DataType;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.ColumnType;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.MySqlTable.Identity;
import dev.millrace.source.mysql.catalog.MySqlTable.KeyKind;
import dev.millrace.source.mysql.catalog.MySqlTable.Storage;
import dev.millrace.source.mysql.split.SnapshotSplit.Piece;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChunksProperties {
    @Property
    void everyKeyBelongsToTheChunkWhoseRangeHoldsIt(
            @ForAll @Size(max = 9) List<Long> some, @ForAll @Size(min = 1, max = 9) List<Long> keys) {
        List<Long> bounds = new ArrayList<>(new TreeSet<>(some));
        Chunks chunks = new Chunks(
                List.of(3),
                List.of(KeyOrder.NUMBER),
                bounds.stream().map(bound -> List.of(Long.toString(bound))).toList());
        keys.addAll(bounds);

        for (long key : keys) {
            int chunk = chunks.chunkOf(List.of(longs(key)), 0);
            assertThat(chunk == 0 || bounds.get(chunk - 1) <= key).isTrue();
            assertThat(chunk == bounds.size() || key < bounds.get(chunk)).isTrue();
            if (!bounds.isEmpty()) {
                Range.Keys range = (Range.Keys) chunks.range(chunk);
                assertThat(range.lower().isPresent()).isEqualTo(chunk > 0);
                assertThat(range.upper().isPresent()).isEqualTo(chunk < bounds.size());
            }
        }
    }

    @Property
    void boundsOfSeveralColumnsAreComparedOneAfterTheOther(
            @ForAll @IntRange(min = -3, max = 3) int a, @ForAll @IntRange(min = -3, max = 3) int b) {
        Chunks chunks = new Chunks(
                List.of(0, 1),
                List.of(KeyOrder.NUMBER, KeyOrder.NUMBER),
                List.of(List.of("-1"), List.of("0", "1"), List.of("0", "2"), List.of("1")));
        int expected = a < -1 ? 0 : a < 0 || a == 0 && b < 1 ? 1 : a == 0 && b < 2 ? 2 : a == 0 ? 3 : 4;

        assertThat(chunks.chunkOf(List.of(longs(a), longs(b)), 0)).isEqualTo(expected);
    }

    @Property
    void ordersNumbersOfAnyWidth(@ForAll long one, @ForAll long other, @ForAll BigInteger wide) {
        assertThat(Integer.signum(KeyOrder.NUMBER.compare(Long.toString(one), longs(other), 0)))
                .isEqualTo(Long.compare(one, other));
        assertThat(Integer.signum(KeyOrder.NUMBER.compare(
                        Long.toUnsignedString(one),
                        bytes(new BigInteger(Long.toUnsignedString(other)).toByteArray()),
                        0)))
                .isEqualTo(Long.compareUnsigned(one, other));
        String decimal = new BigDecimal(wide, 3).toPlainString();
        assertThat(KeyOrder.NUMBER.compare(decimal, bytes(wide.toByteArray()), 0))
                .isZero();
    }

    @Property
    void ordersBytesWithoutSigns(@ForAll byte[] one, @ForAll byte[] other) {
        assertThat(Integer.signum(KeyOrder.BYTES.compare(HexFormat.of().formatHex(one), bytes(other), 0)))
                .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
    }

    @Example
    void ordersTextsThatAreCompletedWithBlanks() {
        assertThat(padded("a", "a  ")).isZero();
        assertThat(padded("a", "a\t")).isPositive();
        assertThat(padded("a", "ab")).isNegative();
        assertThat(padded("", " ")).isZero();
        assertThat(padded("é", "z")).isPositive();
    }

    @Example
    void ordersDaysAndMoments() {
        assertThat(KeyOrder.DAY.compare("1970-01-02", longs(1), 0)).isZero();
        assertThat(KeyOrder.DAY.compare("1969-12-31", longs(0), 0)).isNegative();
        assertThat(KeyOrder.MOMENT.compare("1970-01-01 00:00:01", longs(1_000_000), 0))
                .isZero();
        assertThat(KeyOrder.MOMENT.compare("1969-12-31 23:59:59.999999", longs(-1), 0))
                .isZero();
        assertThat(KeyOrder.MOMENT.compare("9999-12-31 23:59:59.5", longs(0), 0))
                .isPositive();
    }

    @Example
    void knowsWhichOrdersAreCertain() {
        assertThat(KeyOrder.of(text("utf8mb4", "utf8mb4_bin"))).contains(KeyOrder.PADDED);
        assertThat(KeyOrder.of(text("utf8mb4", "utf8mb4_0900_bin"))).contains(KeyOrder.BYTES);
        assertThat(KeyOrder.of(text("utf8mb4", "utf8mb4_nopad_bin"))).contains(KeyOrder.BYTES);
        assertThat(KeyOrder.of(text("utf8mb4", "utf8mb4_0900_ai_ci"))).contains(KeyOrder.SERVER);
        assertThat(KeyOrder.of(text("latin1", "latin1_bin"))).contains(KeyOrder.SERVER);
        assertThat(KeyOrder.of(type("enum"))).isEmpty();
        assertThat(KeyOrder.of(type("double"))).isEmpty();
        Chunks byServer = new Chunks(List.of(0), List.of(KeyOrder.SERVER), List.of(List.of("61")));
        assertThat(byServer.isKnown()).isFalse();
        assertThat(Chunks.WHOLE.isKnown()).isTrue();
    }

    @Property
    void tellsInWhichEpochAKeyWasRead(
            @ForAll @Size(value = 4) List<@IntRange(max = 3) Integer> epochs, @ForAll @IntRange(max = 39) int key) {
        TableSnapshot snapshot = new TableSnapshot(table(), tens());
        for (int chunk = 0; chunk < epochs.size(); chunk++) {
            assertThat(snapshot.isComplete()).isFalse();
            assertThat(snapshot.unread()).startsWith(chunk);
            snapshot.read(chunk, epochs.get(chunk));
        }
        assertThat(snapshot.isComplete()).isTrue();

        Optional<TableSkips> skips = snapshot.skips();

        assertThat(skips.isEmpty()).isEqualTo(epochs.stream().allMatch(epoch -> epoch == 0));
        skips.ifPresent(rules -> {
            assertThat(rules.epoch(rules.byKey() ? List.of(longs(key)) : List.of(), 0))
                    .isEqualTo(epochs.get(key / 10));
            assertThat(rules.firstEpoch())
                    .isEqualTo(epochs.stream().mapToInt(Integer::intValue).min().orElseThrow());
        });
    }

    @Property
    void splitsComeBackFromTheirBytes(@ForAll long order, @ForAll @IntRange(max = 2) int next) {
        SnapshotSplit split = new SnapshotSplit(
                "snapshot-1",
                new EpochMark(2, order, 3, "binlog.000001:4"),
                List.of(
                        new Piece(0, 0, table(), tens().range(0)),
                        new Piece(0, 3, table(), tens().range(3)),
                        new Piece(1, 0, table(), Chunks.WHOLE.range(0))),
                next);

        SnapshotSplit back = SnapshotSplit.of(split.toSplit());

        assertThat(back).isEqualTo(split);
        assertThat(back.advanced().next()).isEqualTo(next + 1);
    }

    @Property
    void damagedStateIsRefusedOrReadsAsSomething(@ForAll byte[] bytes) {
        try {
            SnapshotSplit.of(new Split("snapshot-1", new VersionedBytes(1, bytes)));
        } catch (MillraceException refused) {
            assertThat(refused).hasMessageContaining("damaged");
        }
    }

    @Example
    void refusesStateOfAnotherVersion() {
        assertThatThrownBy(() -> SnapshotSplit.of(new Split("snapshot-1", new VersionedBytes(77, new byte[0]))))
                .hasMessageContaining("version 77");
    }

    private static Chunks tens() {
        return new Chunks(List.of(0), List.of(KeyOrder.NUMBER), List.of(List.of("10"), List.of("20"), List.of("30")));
    }

    private static MySqlTable table() {
        return new MySqlTable(
                TableId.of("shop", "t"),
                List.of(
                        new MySqlColumn(
                                "id",
                                type("int"),
                                false,
                                MySqlColumn.Generated.NO,
                                true,
                                Optional.of("a comment"),
                                Optional.empty()),
                        new MySqlColumn(
                                "kind",
                                new ColumnType(
                                        "enum",
                                        "enum('a','b')",
                                        "latin1",
                                        "latin1_bin",
                                        new ColumnType.Size(1, 1, 0, 0),
                                        List.of("a", "b")),
                                true,
                                MySqlColumn.Generated.VIRTUAL,
                                false,
                                Optional.empty(),
                                Optional.of("a"))),
                new Identity(KeyKind.PRIMARY, List.of(0), "PRIMARY", true),
                new Storage("InnoDB", "2024-01-01 00:00:00", 17, 1 << 20),
                Optional.empty());
    }

    private static int padded(String one, String other) {
        byte[] bound = one.getBytes(StandardCharsets.UTF_8);
        return KeyOrder.PADDED.compare(
                HexFormat.of().formatHex(bound), bytes(other.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static ColumnType text(String characterSet, String collation) {
        return new ColumnType(
                "varchar", "varchar(9)", characterSet, collation, new ColumnType.Size(9, 36, 0, 0), List.of());
    }

    private static ColumnType type(String name) {
        return new ColumnType(name, name, "", "", new ColumnType.Size(0, 0, 0, 0), List.of());
    }

    private static LongVector longs(long value) {
        LongVector.Builder builder = (LongVector.Builder) VectorBuilder.of(new DataType.Int64());
        builder.append(value);
        return builder.build();
    }

    private static BytesVector bytes(byte[] value) {
        BytesVector.Builder builder = new BytesVector.Builder();
        builder.appendCell(value, 0, value.length);
        return builder.build();
    }
}
