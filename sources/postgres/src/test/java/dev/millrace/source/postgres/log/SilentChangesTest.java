package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.failure.PostgresError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of a table after which the log describes it as before. */
class SilentChangesTest {
    private static final String TABLE = "create table t (id int primary key, r int not null, v int, w int)";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "14; default; drop column v, add column v int default 42; column v was dropped and made again",
                "18; default; drop column v, add column v int default 42; column v was dropped and made again",
                "14; full; drop constraint t_pkey, add primary key (id, r); no longer tell its rows apart",
                "18; full; drop constraint t_pkey, add primary key (id, r); no longer tell its rows apart",
                "14; using index t_pkey; drop constraint t_pkey, add primary key (id, r), replica identity full;"
                        + " no longer tell its rows apart",
                "18; using index t_pkey; drop constraint t_pkey, add primary key (id, r), replica identity full;"
                        + " no longer tell its rows apart",
                "18; full; drop constraint t_pkey; no longer tell its rows apart",
            })
    void stopWhereRowsWouldBeTakenForOthers(int major, String identity, String change, String message)
            throws Exception {
        assertStops(major, identity, message, "alter table t " + change);
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void stopWhereColumnsHaveSwappedTheirNames(int major) throws Exception {
        assertStops(
                major,
                "default",
                "column v is called w",
                "alter table t rename v to x",
                "alter table t rename w to v",
                "alter table t rename x to w");
    }

    private static void assertStops(int major, String identity, String message, String... changes) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(TABLE, "alter table t replica identity " + identity);
            try (LogHarness log = LogHarness.open(database, LogHarness.here(database))) {
                database.execute("insert into t values (1, 1, 1, 1)");
                assertThat(log.catchUp().changes).hasSize(1);
                long before = log.place();
                database.execute(changes);
                database.execute("insert into t (id, r, v, w) values (2, 1, 1, 1)");
                assertThatThrownBy(log::catchUp)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.SCHEMA))
                        .hasMessageContaining("public.t")
                        .hasMessageContaining(message);
                assertThat(before).isPositive();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "14, truncate t",
        "18, truncate t",
        "14, vacuum full t",
        "18, vacuum full t",
        "18, cluster t using t_pkey",
        "18, analyze t",
        "18, create index on t (v)",
        "18, alter table t alter v set default 7",
        "18, alter table t replica identity full",
        "18, 'alter table t drop constraint t_pkey, add primary key (id)'",
    })
    void goOnWhereRowsStayWhatTheyWere(int major, String change) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(TABLE);
            try (LogHarness log = LogHarness.open(database, LogHarness.here(database))) {
                database.execute("insert into t values (1, 1, 1, 1)");
                log.catchUp();
                database.execute(change, "insert into t values (2, 2, 2, 2)");
                assertThat(log.catchUp().changes).startsWith("INSERT t 1|1|1|1").endsWith("INSERT t 2|2|2|2");
            }
        }
    }
}
