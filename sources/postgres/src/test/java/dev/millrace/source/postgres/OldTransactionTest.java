package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.source.postgres.config.PostgresConfigReader;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OldTransactionTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void checkNamesThoseForWhichAStartWouldWait(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major);
                Connection other = database.server().connect(database.name());
                Statement open = other.createStatement()) {
            String prepared = "'it''s " + database.name() + "'";
            database.execute(
                    "create table t (a int primary key)",
                    "begin",
                    "insert into t values (1)",
                    "prepare transaction " + prepared);
            other.setAutoCommit(false);
            open.execute("insert into t values (2)");

            assertThat(findings(database, Duration.ofHours(1))).isEmpty();
            assertThat(findings(database, Duration.ZERO))
                    .allMatch(finding -> finding.level() == Level.WARNING)
                    .extracting(Finding::fix)
                    .anyMatch(fix -> fix.contains("pg_terminate_backend("))
                    .anyMatch(fix -> fix.contains("ROLLBACK PREPARED " + prepared));
            other.rollback();
            database.execute("rollback prepared " + prepared);
        }
    }

    private static List<Finding> findings(TestDatabase database, Duration old) {
        return new SourceCheck(
                        PostgresConfigReader.read(database.section("t"), "test pipeline"),
                        "test pipeline",
                        database.sessions(),
                        old)
                .findings().stream()
                        .filter(finding -> finding.subject().equals("open transaction"))
                        .toList();
    }
}
