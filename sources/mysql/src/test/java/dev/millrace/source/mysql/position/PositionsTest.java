package dev.millrace.source.mysql.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
    private static final String ONE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String OTHER = "f0000000-71ca-11e1-9e33-c80aa9429562";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ONE + ":1-5|" + ONE + ":3",
                ONE + ":1-5:7-9|" + ONE + ":6",
                ONE + ":1-5," + OTHER + ":1|" + OTHER + ":1",
                ONE + ":1-5," + OTHER + ":4-6|" + ONE + ":1-10," + OTHER + ":1-5",
                OTHER + ":9," + ONE + ":1:2:3:5-6|" + ONE + ":2-3"
            })
    void setsAreWhatTheServerMakesOfThem(String left, String right) throws SQLException {
        MySqlServer server = TestServers.on(MySqlRelease.MYSQL_8_0);
        GtidSet minus = GtidSet.parse(left).minus(GtidSet.parse(right));
        GtidSet union = GtidSet.parse(left).union(GtidSet.parse(right));

        assertThat(minus.toString())
                .isEqualTo(TestServers.query(server, "select gtid_subtract('" + left + "', '" + right + "')")
                        .getFirst()
                        .replace("\n", ""));
        assertThat(GtidSet.parse(left).containsAll(GtidSet.parse(right)))
                .isEqualTo(TestServers.query(server, "select gtid_subset('" + right + "', '" + left + "')")
                        .getFirst()
                        .equals("1"));
        assertThat(TestServers.query(server, "select gtid_subtract('" + union + "', '" + left + "," + right + "')"))
                .containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                ONE,
                ONE + ":0",
                ONE + ":5-3",
                ONE + ":1-",
                ONE + ":1-9223372036854775807",
                ONE + ":Not-a-tag:1"
            })
    void refusesWhatIsNoSetOfTransactions(String text) {
        assertThatThrownBy(() -> GtidSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsTagsBehindTheServersPlainNumbers() {
        assertThat(GtidSet.parse(ONE + ":1-3:payroll:7:1-2," + OTHER + ":x:1"))
                .hasToString(ONE + ":1-3:payroll:1-2:7," + OTHER + ":x:1");
    }

    @Test
    void keepsTheLastTransactionOfEveryDomain() {
        MariaDbGtidList list = MariaDbGtidList.parse("0-1-41, 7-2-9").with(MariaDbGtid.parse("0-3-42"));

        assertThat(list).hasToString("0-3-42,7-2-9");
        assertThat(list.contains(MariaDbGtid.parse("0-1-42"))).isTrue();
        assertThat(list.contains(MariaDbGtid.parse("0-1-43"))).isFalse();
        assertThat(list.contains(MariaDbGtid.parse("1-1-1"))).isFalse();
        assertThatThrownBy(() -> MariaDbGtidList.parse("0-1")).hasMessageContaining("0-1-42");
    }
}
