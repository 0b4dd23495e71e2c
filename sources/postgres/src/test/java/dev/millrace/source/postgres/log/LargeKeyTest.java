package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.source.postgres.TestDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that are stored out of line, so that an update that leaves them alone does not send them with the new row. */
class LargeKeyTest {
    private static final String KEY = "k".repeat(2_600);
    private static final String OTHER_KEY = "o".repeat(2_600);
    private static final String LARGE = "x".repeat(9_000);

    @ParameterizedTest
    @CsvSource({"14, default", "14, full", "14, using index by_id", "18, default", "18, full", "18, using index by_id"})
    void namesEveryRowByItsWholeKey(int major, String identity) throws Exception {
        boolean full = identity.equals("full");
        try (TestDatabase database = TestDatabase.on(major)) {
            create(database, identity);
            database.execute("insert into t values ('" + KEY + "', 1, 'a', '" + LARGE + "')");
            assertThat(valuesOutOfLine(database)).isEqualTo("2");
            try (LogHarness log = LogHarness.open(database, LogHarness.here(database))) {
                database.execute("update t set note = 'b'");
                assertThat(log.catchUp().changes)
                        .isEqualTo(
                                full
                                        ? List.of(
                                                "UPDATE_BEFORE t " + row(KEY, 1, "a"),
                                                "UPDATE_AFTER t " + row(KEY, 1, "b"))
                                        : List.of("UPDATE_AFTER t " + KEY + "|1|b|~"));
                log.changes.clear();

                // The part of the key that is small changes, the large one is not sent; then the other way round.
                database.execute("update t set part = 2, large = 'now small'");
                database.execute("update t set id = '" + OTHER_KEY + "', note = 'c'");
                database.execute("delete from t");
                assertThat(log.catchUp().changes)
                        .isEqualTo(
                                full
                                        ? List.of(
                                                "DELETE t " + row(KEY, 1, "b"),
                                                "INSERT t " + KEY + "|2|b|now small",
                                                "DELETE t " + KEY + "|2|b|now small",
                                                "INSERT t " + OTHER_KEY + "|2|c|now small",
                                                "DELETE t " + OTHER_KEY + "|2|c|now small")
                                        : List.of(
                                                "DELETE t " + KEY + "|1|~|~",
                                                "INSERT t " + KEY + "|2|b|now small",
                                                "DELETE t " + KEY + "|2|~|~",
                                                "INSERT t " + OTHER_KEY + "|2|c|now small",
                                                "DELETE t " + OTHER_KEY + "|2|~|~"));
            }
        }
    }

    private static void create(TestDatabase database, String identity) throws Exception {
        database.execute(
                "create table t (id text, part int, note text, large text, primary key (id, part))",
                "alter table t alter id set storage external, alter large set storage external",
                "create unique index by_id on t (part, id)",
                "alter table t replica identity " + identity);
    }

    private static String valuesOutOfLine(TestDatabase database) throws Exception {
        String toast = database.query("select reltoastrelid::regclass::text from pg_class where oid = 't'::regclass")
                .getFirst();
        return database.query("select count(distinct chunk_id) from " + toast).getFirst();
    }

    private static String row(String key, int part, String note) {
        return key + "|" + part + "|" + note + "|" + LARGE;
    }
}
