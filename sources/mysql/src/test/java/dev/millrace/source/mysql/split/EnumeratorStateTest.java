package dev.millrace.source.mysql.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.ColumnType;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlColumn.Generated;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.MySqlTable.Identity;
import dev.millrace.source.mysql.catalog.MySqlTable.KeyKind;
import dev.millrace.source.mysql.catalog.MySqlTable.Storage;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import dev.millrace.source.relational.state.StateForm;
import dev.millrace.spi.VersionedBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EnumeratorStateTest {
    private static final MySqlTable TABLE = new MySqlTable(
            TableId.of("shop", "orders 😀"),
            List.of(
                    new MySqlColumn(
                            "id",
                            new ColumnType(
                                    "bigint", "bigint unsigned", "", "", new ColumnType.Size(0, 0, 20, 0), List.of()),
                            false,
                            Generated.NO,
                            true,
                            Optional.empty(),
                            Optional.empty()),
                    new MySqlColumn(
                            "state",
                            new ColumnType(
                                    "enum",
                                    "enum('new','paid')",
                                    "utf8mb4",
                                    "utf8mb4_bin",
                                    new ColumnType.Size(4, 16, 0, 0),
                                    List.of("new", "paid")),
                            true,
                            Generated.STORED,
                            false,
                            Optional.of("comment"),
                            Optional.of("new"))),
            new Identity(KeyKind.PRIMARY, List.of(0), "PRIMARY", true),
            new Storage("InnoDB", "2026-11-21 10:00:00", 7, 4_000_000_000L),
            Optional.of("orders"));

    private static final LogPosition BY_GTIDS = new LogPosition(
            new LogStart.After(GtidSet.parse("024da167-0c0c-11e8-8442-00059a3c7b00:1-19:21")),
            new BinlogPlace("binlog.000003", 5_000_000_000L),
            12,
            1_700_000_000_000_000L);
    private static final LogPosition OF_MARIADB = LogPosition.first(
            new LogStart.AfterMariaDb(MariaDbGtidList.parse("0-1-42,7-2-9")), new BinlogPlace("binlog.000003", 4));
    private static final LogPosition BY_FILE = LogPosition.first(
            new LogStart.At(new BinlogPlace("binlog.000003", 4)), new BinlogPlace("binlog.000003", 4));

    private static EnumeratorState state() {
        TableSnapshot halfRead = new TableSnapshot(
                TABLE, new Chunks(List.of(0), List.of(KeyOrder.NUMBER), List.of(List.of("10"), List.of("20"))));
        halfRead.read(1, 0);
        TableSnapshot read = new TableSnapshot(TABLE, Chunks.WHOLE);
        read.read(0, 2);
        ServerIdentity server = new ServerIdentity("024da167-0c0c-11e8-8442-00059a3c7b00", 7);
        LogSplit log = new LogSplit(
                BY_GTIDS,
                Optional.of(BY_FILE),
                OF_MARIADB,
                LogSplit.Target.of(
                        server,
                        List.of(TABLE),
                        new SkipRules(Map.of(TABLE.id(), TableSkips.wholeTable(2))),
                        Map.of(2, BY_GTIDS)));
        return new EnumeratorState(
                server,
                List.of(halfRead, read),
                List.of(BY_GTIDS, OF_MARIADB, BY_FILE),
                Optional.of(log),
                Set.of(TableId.of("shop", "left"), TableId.of("crm", "left")));
    }

    @Test
    void comesBack() {
        EnumeratorState back = EnumeratorState.of(state().toBytes());

        assertThat(back).usingRecursiveComparison().isEqualTo(state());
        assertThat(back.tables().getFirst().unread()).containsExactly(0, 2);
        assertThat(back.toBytes()).usingRecursiveComparison().isEqualTo(state().toBytes());
    }

    @Test
    void refusesVersionsThatItDoesNotKnow() {
        assertThatThrownBy(() -> EnumeratorState.of(new VersionedBytes(99, new byte[0])))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.PROTOCOL))
                .hasMessageContaining("MySQL source has version 99");
    }

    @Test
    void refusesStateThatIsCutOff() {
        VersionedBytes whole = state().toBytes();
        byte[] plain = MySqlState.FORM.expand(whole.bytes());
        for (int length = 0; length < plain.length; length++) {
            byte[] part = Arrays.copyOf(plain, length);
            assertThatThrownBy(() -> EnumeratorState.of(new VersionedBytes(whole.version(), StateForm.compress(part))))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.PROTOCOL));
        }
    }

    @Property(tries = 3_000)
    void neverEndsOtherwiseThanWithAStateOrARefusal(
            @ForAll @IntRange(max = 600) int place, @ForAll byte value, @ForAll boolean packed) {
        VersionedBytes whole = state().toBytes();
        byte[] bytes = packed ? whole.bytes().clone() : MySqlState.FORM.expand(whole.bytes());
        bytes[place % bytes.length] = value;
        try {
            assertThat(EnumeratorState.of(
                            new VersionedBytes(whole.version(), packed ? bytes : StateForm.compress(bytes))))
                    .isNotNull();
        } catch (MillraceException refused) {
            assertThat(refused.code()).isEqualTo(MySqlError.PROTOCOL);
        }
    }
}
