package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.ErrorCode.Remedy;
import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.LogSplit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns that get another length, precision or scale: what was read under the old one ends with a clear error, never with other values. */
class TypeModifierTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "14; varchar(10); varchar(20); short; longer than before",
                "18; varchar(10); varchar(20); short; longer than before",
                "14; numeric(10,2); numeric(12,4); 1.25; 12345678.1234",
                "18; numeric(10,2); numeric(12,4); 1.25; 12345678.1234",
                "18; numeric(10,2); numeric; 1.25; 1.23456",
                "18; numeric; numeric(12,4); 1.25; 1.2345",
                "18; varchar(10); varchar; short; longer than before",
                "18; char(3); char(8); abc; abcdefgh",
                "18; time(3); time(6); 12:00:00.123; 12:00:00.123456",
                "18; timestamptz(0); timestamptz; 2024-01-01 00:00:00+00; 2024-01-01 00:00:00.123456+00",
                "18; varchar(3)[]; varchar(9)[]; {abc}; {abcdef}"
            })
    void stopsBeforeTheFirstRowOfTheNewOne(int major, String before, String after, String old, String wide)
            throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table t (id int primary key, v " + before + ")", "create table other (id int primary key)");
            LogSplit split = LogHarness.here(database);
            String oldRow;
            try (LogHarness log = LogHarness.open(database, split)) {
                database.execute("insert into t values (1, '" + old + "')");
                oldRow = log.catchUp().changes.getFirst();
                split = log.split();

                // A change alone says nothing about rows: the other tables go on.
                database.execute(
                        "insert into t values (2, '" + old + "')",
                        "alter table t alter v type " + after,
                        "insert into other values (1)");
                assertThat(log.catchUp().changes)
                        .containsExactly(oldRow, oldRow.replace("t 1|", "t 2|"), "INSERT other 1");
                database.execute("insert into t values (3, '" + wide + "')");
                assertRefused(log);
                assertThat(log.changes).hasSize(3);
            }
            // As if all of it had happened while nobody read.
            try (LogHarness log = LogHarness.open(database, split)) {
                assertRefused(log);
                assertThat(log.changes).isSubsetOf(List.of(oldRow.replace("t 1|", "t 2|"), "INSERT other 1"));
            }
        }
    }

    @Test
    void stopsAtANullWhereThereCouldBeNone() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (id int primary key, v int not null)");
            try (LogHarness log = LogHarness.open(database, LogHarness.here(database))) {
                database.execute("insert into t values (1, 1)", "alter table t alter v drop not null");
                database.execute("insert into t values (2, 2)", "insert into t values (3, null)");
                assertThatThrownBy(log::catchUp)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.SCHEMA))
                        .hasMessageContaining("column v was NOT NULL, and is null in row (id=3)");
                assertThat(log.changes).isSubsetOf("INSERT t 1|1", "INSERT t 2|2");
            }
        }
    }

    private static void assertRefused(LogHarness log) {
        assertThatThrownBy(log::catchUp)
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(PostgresError.SCHEMA);
                    assertThat(e.code().remedy()).isEqualTo(Remedy.STOP);
                })
                .hasMessageContaining("public.t")
                .hasMessageContaining("column v has another type");
    }
}
