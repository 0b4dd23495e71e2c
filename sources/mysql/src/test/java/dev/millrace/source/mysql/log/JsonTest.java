package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.model.ChangeBatch;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.types.TypePolicy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonTest {
    private static final List<String> DOCUMENTS = List.of(
            "'null'",
            "'true'",
            "'[]'",
            "'{}'",
            "'\"\"'",
            "'[1, -1, 0, 32767, -32768, 32768, 65535, 65536, -32769, 2147483647, 4294967295, 4294967296]'",
            "'[9223372036854775807, -9223372036854775808, 18446744073709551615]'",
            "'[1.0, -0.0, 0.5, 1e15, 1e14, 123456789012345678.5, 1e-14, 1e-15, 1e-16, 5e-324, 1.7976931348623157e308, 0.1]'",
            "'{\"b\": [true, false, null, {\"c\": \"\"}], \"a\": {\"x\": [[[]]]}, \"\": 1, \"é\": \"日本 😀\"}'",
            "'\"\\\\\"\\\\\\\\ \\\\b\\\\f\\\\n\\\\r\\\\t \\\\u0001 \\\\u001f / \\\\u007f\"'",
            "json_object('k', repeat('x', 127), 'l', repeat('é', 100), 'm', repeat('y', 70000))",
            "json_object('large', json_array(1, -70000, 70000, null, repeat('z', 66000)), 'n', 3000000000)",
            "json_array(cast('2015-01-15' as date), cast('2015-01-15 23:24:25.12' as datetime(2)))",
            "json_array(cast('23:24:25.12' as time(3)), cast('-838:59:59' as time), cast('-00:00:00.5' as time(1)))",
            "json_array(cast(3.14 as decimal(10, 2)), cast(-99999999999999999999.5 as decimal(30, 1)), 1.50)",
            "json_array(0x00FF, b'101', cast(repeat('x', 100) as binary))",
            "json_array(st_geomfromtext('point(1 2)'))");

    @Test
    void readsWhatMySqlPrints() throws SQLException {
        List<String> statements = statements();
        DOCUMENTS.forEach(document -> statements.add("insert into json.documents (c) values (" + document + ")"));
        statements.add("insert into json.documents (c) values (null)");

        assertPrinted(MySqlRelease.MYSQL_8_0, statements);
    }

    @Test
    void readsWhatMySqlPrintsOfAnyDouble() throws SQLException {
        Random random = new Random(42);
        List<String> statements = statements();
        for (int row = 0; row < 20; row++) {
            List<String> numbers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                double value = Double.longBitsToDouble(random.nextLong());
                double near = random.nextInt(1_000_000) * Math.pow(10, random.nextInt(40) - 20);
                numbers.add(Double.isFinite(value) && i % 2 == 0 ? Double.toString(value) : Double.toString(near));
            }
            statements.add("insert into json.documents (c) values ('" + numbers + "')");
        }

        assertPrinted(MySqlRelease.MYSQL_8_0, statements);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheTextThatWasPrinted(MySqlRelease release) throws SQLException {
        List<String> statements = statements();
        statements.add("insert into json.documents (c) values ('{ \"b\" :1,\"a\":[ ] }')");

        assertPrinted(release, statements);
    }

    private static List<String> statements() {
        return new ArrayList<>(List.of(
                "create database if not exists json",
                "drop table if exists json.documents",
                "create table json.documents (id int primary key auto_increment, c json)"));
    }

    private static void assertPrinted(MySqlRelease release, List<String> statements) throws SQLException {
        MySqlServer server = TestServers.on(release);
        LogRows rows = LogRows.of(server, "documents", statements.toArray(String[]::new));

        List<String> printed =
                TestServers.query(server, "select ifnull(cast(c as char), 'null') from json.documents order by id");
        for (int i = 0; i < printed.size(); i++) {
            assertThat(rows.cells(1).get(i)).isEqualTo(printed.get(i));
        }
        assertThat(rows.cells(1)).hasSameSizeAs(printed);
        ChangeBatch read = LogRows.read(server, TypePolicy.STRICT, "select id, c from json.documents order by id");
        assertThat(LogRows.cells(read, 1)).isEqualTo(rows.cells(1));
    }
}
