package dev.millrace.source.postgres.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.source.postgres.TestDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of keys is the server's own: it is asked for the order of many values, and their binary format. */
class KeyOrderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "SIGNED; int2send; (random() * 65535 - 32768)::int::int2",
                "SIGNED; int4send; (random() * 4294967295 - 2147483648)::int8::int4",
                "SIGNED; int8send; ((random() - 0.5) * 1.8e19)::int8",
                "SIGNED; date_send; date '4713-01-01 BC' + (random() * 5000000)::int",
                "SIGNED; timestamptz_send; timestamptz '4713-01-01 BC' + random() * interval '200000 years'",
                "BYTES; uuid_send; gen_random_uuid()",
                "BYTES; textsend; repeat(chr(1 + (random() * 50000)::int), (random() * 3)::int) || chr(1 + i % 300) collate \"C\"",
                "BYTES; byteasend; decode(substr(md5(i::text), 1, 2 * (random() * 4)::int), 'hex')",
                "BYTES; oidsend; (random() * 4294967295)::int8::oid",
                "NUMERIC; numeric_send; ((random() - 0.5) * power(10, random() * 40 - 20))::numeric",
                "NUMERIC; numeric_send; (array['NaN', 'Infinity', '-Infinity', '0', '0.00', '-0.1', '1e50', '-1e50'])[1 + i % 8]::numeric",
            })
    void ordersAsTheServerDoes(KeyOrder order, String send, String value) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            List<byte[]> sorted = new ArrayList<>();
            String sql = "select " + send + "(v), dense_rank() over (order by v) from (select " + value
                    + " v from generate_series(1, 1000) i) s order by 2";
            List<Integer> ranks = new ArrayList<>();
            try (PreparedStatement statement = database.connection().prepareStatement(sql);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sorted.add(rows.getBytes(1));
                    ranks.add(rows.getInt(2));
                }
            }
            for (int i = 0; i < sorted.size(); i++) {
                for (int step : new int[] {0, 1, 7, 100}) {
                    int j = Math.min(i + step, sorted.size() - 1);
                    byte[] padded = new byte[sorted.get(j).length + 3];
                    System.arraycopy(sorted.get(j), 0, padded, 3, padded.length - 3);
                    assertThat(Integer.signum(order.compare(sorted.get(i), padded, 3, padded.length - 3)))
                            .isEqualTo(Integer.compare(ranks.get(i), ranks.get(j)));
                }
            }
        }
    }
}
