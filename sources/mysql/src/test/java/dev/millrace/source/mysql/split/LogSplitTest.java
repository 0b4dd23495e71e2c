package dev.millrace.source.mysql.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.ColumnType;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogSplitTest {
    private static final BinlogPlace PLACE = new BinlogPlace("binlog.000007", 4711);
    private static final MySqlTable TABLE = new MySqlTable(
            TableId.of("shop", "orders"),
            List.of(new MySqlColumn(
                    "id",
                    new ColumnType("int", "int unsigned", "", "", new ColumnType.Size(0, 0, 10, 0), List.of()),
                    false,
                    MySqlColumn.Generated.NO,
                    true,
                    Optional.empty(),
                    Optional.empty())),
            new MySqlTable.Identity(MySqlTable.KeyKind.PRIMARY, List.of(0), "PRIMARY", true),
            new MySqlTable.Storage("InnoDB", "2024-01-01 00:00:00", 10, 1000),
            Optional.of("what was bought"));

    private static final LogPosition MYSQL = new LogPosition(
            new LogStart.After(GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:7")), PLACE, 12, 99);
    private static final LogPosition MARIADB =
            new LogPosition(new LogStart.AfterMariaDb(MariaDbGtidList.parse("0-1-42,7-2-9")), PLACE, 12, 99);
    private static final LogPosition FILES = LogPosition.first(new LogStart.At(PLACE), PLACE);

    private static LogSplit split() {
        SkipRules skips = new SkipRules(Map.of(
                TABLE.id(),
                new TableSkips(
                        new Chunks(List.of(0), List.of(KeyOrder.NUMBER), List.of(List.of("100"), List.of("200"))),
                        List.of(0, 1, 0))));
        return new LogSplit(
                MYSQL,
                Optional.of(MARIADB),
                FILES,
                LogSplit.Target.of(
                        new ServerIdentity("3e11fa47-71ca-11e1-9e33-c80aa9429562", 5),
                        List.of(TABLE),
                        skips,
                        Map.of(0, MYSQL, 1, FILES)));
    }

    @Test
    void isReadFromItsBytes() {
        LogSplit split = split();
        LogSplit read = LogSplit.of(split.toSplit());

        assertThat(read.start()).isEqualTo(MYSQL);
        assertThat(read.end()).contains(MARIADB);
        assertThat(read.consistent()).isEqualTo(FILES);
        assertThat(read.target().server()).isEqualTo(split.target().server());
        assertThat(read.target().tables()).isEqualTo(List.of(TABLE));
        assertThat(read.target().skips()).isEqualTo(split.target().skips());
        assertThat(read.target().epochs()).isEqualTo(split.target().epochs());
        assertThat(LogSplit.isLog(split.toSplit())).isTrue();
    }

    @Test
    void movesOnWithoutMakingItsTargetAnew() {
        LogSplit split = split();
        LogSplit moved = split.at(MARIADB).until(Optional.empty());

        assertThat(moved.target()).isSameAs(split.target());
        assertThat(LogSplit.of(moved.toSplit()).start()).isEqualTo(MARIADB);
        assertThat(LogSplit.of(moved.toSplit()).end()).isEmpty();
        assertThat(split.on(new ServerIdentity("", 9)).target().server().number())
                .isEqualTo(9);
    }

    @Test
    void refusesStateThatIsDamagedOrOfAnotherRelease() {
        byte[] bytes = split().toSplit().state().bytes();
        for (int length : new int[] {0, 1, 10, 50, bytes.length - 10}) {
            assertThatThrownBy(() -> LogSplit.of(
                            new Split("log", new VersionedBytes(LogSplitCodec.VERSION, Arrays.copyOf(bytes, length)))))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.PROTOCOL));
        }
        assertThatThrownBy(() -> LogSplit.of(new Split("log", new VersionedBytes(99, bytes))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("version 99");
    }
}
