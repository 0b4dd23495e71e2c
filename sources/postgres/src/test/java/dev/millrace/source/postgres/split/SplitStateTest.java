package dev.millrace.source.postgres.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.model.Watermark;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.PgTable.Identity;
import dev.millrace.source.postgres.catalog.PgTable.Storage;
import dev.millrace.source.postgres.catalog.PgType;
import dev.millrace.source.postgres.split.Chunks.Range;
import dev.millrace.source.postgres.split.SnapshotSplit.Piece;
import dev.millrace.source.relational.state.StateForm;
import dev.millrace.source.relational.state.StateWriter;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitStateTest {
    private static final PgType INT8 = PgType.builtIn(20, "int8");
    private static final PgType PAIR = new PgType(
            99_999,
            "my schema",
            "pair",
            PgType.Kind.COMPOSITE,
            "",
            Optional.empty(),
            -1,
            0,
            List.of(new PgType.Field("a", INT8, -1, 0)));
    private static final Optional<Published> PUBLISHED = Optional.of(new Published(-7, 700, Map.of(-5, Set.of(9, 10))));
    private static final PgTable TABLE = new PgTable(
            -5,
            new TableId("shop", "public", "orders 😀"),
            List.of(
                    new PgColumn(1, "id", INT8, -1, 0, true, Optional.empty()),
                    new PgColumn(3, "pair", PAIR, -1, 2, false, Optional.of("comment"))),
            List.of(1),
            Identity.INDEX,
            true,
            false,
            List.of(new Storage(-5, "\"public\".\"orders\"", Identity.INDEX, 4_000_000_000L, 7, 5, -1)),
            Optional.of("orders"));

    @Test
    void logSplitsComeBack() {
        TableSkips skips = new TableSkips(1, KeyOrder.SIGNED, List.of(new byte[8]), List.of(5L, -1L));
        LogSplit split = new LogSplit(
                -2,
                Optional.of(new LogEnd(77, 5)),
                9,
                LogSplit.Target.of("slot", "publication", PUBLISHED, List.of(TABLE), new SkipRules(Map.of(-5, skips))));

        LogSplit back = LogSplit.of(split.at(-1).toSplit());

        assertThat(back.startPlace()).isEqualTo(-1);
        assertThat(back.end()).contains(new LogEnd(77, 5));
        assertThat(back.consistentPlace()).isEqualTo(9);
        assertThat(back.target().slot()).isEqualTo("slot");
        assertThat(back.target().publication()).isEqualTo("publication");
        assertThat(back.target().tables()).containsExactly(TABLE);
        assertThat(back.target().skips().forTable(-5))
                .usingRecursiveComparison()
                .isEqualTo(skips);
        assertThat(back.target().skips().forTable(6)).isNull();
    }

    @Test
    void snapshotSplitsComeBack() {
        SnapshotSplit split = new SnapshotSplit(
                "snapshot-1-2",
                new Epoch(1, 5, 6, "00000003-1"),
                List.of(
                        new Piece(4, 0, TABLE, new Range.Whole()),
                        new Piece(4, 1, TABLE, new Range.Keys(1, Optional.empty(), Optional.of(new byte[] {1, -1}))),
                        new Piece(4, 2, TABLE, new Range.Pages(0, 3_000_000_000L, Optional.empty()))),
                1);

        assertThat(SnapshotSplit.of(split.advanced().toSplit()))
                .usingRecursiveComparison()
                .isEqualTo(new SnapshotSplit(split.id(), split.epoch(), split.pieces(), 2));
    }

    @Test
    void enumeratorStateComesBack() {
        TableSnapshot byKey = new TableSnapshot(
                TABLE, new Chunks.ByKey(1, KeyOrder.NUMERIC, List.of(new byte[] {1}, new byte[] {2})));
        byKey.read(1, 0);
        TableSnapshot byPages =
                new TableSnapshot(TABLE, new Chunks.ByPages(List.of(new Range.Pages(0, 0, Optional.of(9L)))));
        EnumeratorState state = new EnumeratorState(
                new EnumeratorState.Origin("slot", "publication", Optional.of(new ServerHistory("7411", 3)), PUBLISHED),
                List.of(byKey, byPages),
                List.of(3L, 4L),
                Optional.empty(),
                Set.of(new TableId("shop", "public", "left")));

        EnumeratorState back = EnumeratorState.of(state.toBytes());

        assertThat(back).usingRecursiveComparison().isEqualTo(state);
        assertThat(back.tables().getFirst().unread()).containsExactly(0, 2);
    }

    @Test
    void logSplitsOfBeforeEndsHadATimeAreTaken() {
        LogSplit.Target target =
                LogSplit.Target.of("slot", "publication", PUBLISHED, List.of(TABLE), new SkipRules(Map.of()));
        byte[] former = new StateWriter()
                .number(5)
                .flag(true)
                .number(77)
                .number(9)
                .raw(target.encoded())
                .toBytes();

        LogSplit back = LogSplit.of(new Split(LogSplit.ID, new VersionedBytes(3, former)));

        assertThat(back.end()).contains(new LogEnd(77, Watermark.NONE));
        assertThat(back.consistentPlace()).isEqualTo(9);
        assertThat(back.target().tables()).containsExactly(TABLE);
    }

    @Test
    void enumeratorStateOfBeforeServersHadAHistoryIsTaken() {
        EnumeratorState state = new EnumeratorState(
                new EnumeratorState.Origin("slot", "publication", Optional.empty(), Optional.empty()),
                List.of(),
                List.of(3L),
                Optional.empty(),
                Set.of());
        byte[] bytes = PostgresState.FORM.expand(state.toBytes().bytes());
        byte[] withoutHistory = Arrays.copyOf(bytes, bytes.length - 2);

        EnumeratorState back = EnumeratorState.of(new VersionedBytes(2, StateForm.compress(withoutHistory)));

        assertThat(back).isEqualTo(state);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        VersionedBytes later = new VersionedBytes(99, new byte[0]);
        assertThatThrownBy(() -> EnumeratorState.of(later))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("version 99");
        assertThatThrownBy(() -> LogSplit.of(new Split(LogSplit.ID, new VersionedBytes(2, new byte[] {2}))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("damaged");
    }
}
