package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code of one to three bytes that a server takes for a character, and those of four that it makes of Unicode's. */
class CharacterSetsTest {
    static Stream<Arguments> sets() {
        return Stream.of(MySqlRelease.values())
                .flatMap(release -> Stream.of(
                                "latin1", "cp1251", "gbk", "gb2312", "big5", "sjis", "cp932", "ujis", "eucjpms",
                                "euckr", "gb18030")
                        .filter(set -> !release.isMariaDb() || !set.equals("gb18030"))
                        .map(set -> Arguments.of(release, set)));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void readsEveryCharacterAsTheServerPrintsIt(MySqlRelease release, String set) throws SQLException {
        MySqlServer server = TestServers.on(release);
        String text = "convert(convert(b using " + set + ") using utf8mb4)";

        LogRows rows = LogRows.of(
                server,
                set,
                "set sql_mode = ''",
                "create database if not exists sets",
                "drop table if exists sets.bytes, sets.codes, sets." + set,
                "create table sets.bytes (x int)",
                "insert into sets.bytes values " + bytes(),
                "create table sets.codes (b varbinary(4))",
                "insert into sets.codes select unhex(lpad(hex(x), 2, '0')) from sets.bytes",
                "insert into sets.codes select unhex(concat(hex(p.x), lpad(hex(q.x), 2, '0')))"
                        + " from sets.bytes p, sets.bytes q where p.x > 127",
                "insert into sets.codes select unhex(concat('8F', hex(p.x), hex(q.x)))"
                        + " from sets.bytes p, sets.bytes q where p.x > 160 and q.x > 160",
                "insert into sets.codes select cast(convert(convert(unhex(concat(lpad(hex(p.x), 2, '0'), lpad(hex(q.x), 2, '0')))"
                        + " using ucs2) using " + set
                        + ") as binary) from sets.bytes p, sets.bytes q where p.x < 216 or p.x > 223",
                "insert into sets.codes values (cast(convert('😀' using " + set
                        + ") as binary)), (cast(convert('𠀀' using " + set + ") as binary))",
                "create table sets." + set + " (id int primary key auto_increment, c varchar(9) character set " + set
                        + ")",
                "insert into sets." + set + " (c) select concat('<', convert(b using " + set + "), '>') from sets.codes"
                        + " where char_length(" + text + ") = 1 and (hex(b) = '3F' or hex(" + text + ") <> '3F')");

        List<String> printed =
                TestServers.query(server, "select convert(c using utf8mb4) from sets." + set + " order by id");
        assertThat(printed).hasSizeGreaterThan(200);
        assertThat(rows.cells(1).equals(printed))
                .as(() -> firstDifference(rows.cells(1), printed))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void refusesBytesThatAreNoCharacter(MySqlRelease release) throws SQLException {
        String[] statements = {
            "create database if not exists sets",
            "drop table if exists sets.holes",
            "create table sets.holes (c varchar(9) character set cp1257)",
            "insert into sets.holes values (0x41A542)"
        };

        assertThatThrownBy(() -> LogRows.of(TestServers.on(release), "holes", statements))
                .hasMessageContaining("41a542")
                .hasMessageContaining("no text in cp1257");
    }

    private static String firstDifference(List<String> cells, List<String> printed) {
        return IntStream.range(0, Math.min(cells.size(), printed.size()))
                .filter(i -> !cells.get(i).equals(printed.get(i)))
                .mapToObj(i -> cells.get(i) + " for " + printed.get(i))
                .findFirst()
                .orElse(cells.size() + " cells for " + printed.size());
    }

    private static String bytes() {
        return String.join(
                ",", IntStream.range(0, 256).mapToObj(x -> "(" + x + ")").toList());
    }
}
