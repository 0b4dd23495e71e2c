package dev.millrace.source.postgres.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.source.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SlotWaitTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void namesTheTransactionsForWhichItWaits(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major);
                Connection other = database.server().connect(database.name());
                Statement open = other.createStatement()) {
            database.execute(
                    "create table t (a int primary key)",
                    "begin",
                    "insert into t values (1)",
                    "prepare transaction 'left " + database.name() + "'");
            other.setAutoCommit(false);
            open.execute("insert into t values (2)");
            int process = other.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            List<String> said = new CopyOnWriteArrayList<>();
            Slots slots = new Slots(database.sessions(), "waits_" + database.name(), Duration.ofMillis(20), message -> {
                said.add(message);
                end(database, other);
            });

            try (ExportedSnapshot snapshot = slots.create()) {
                assertThat(snapshot.place()).isPositive();
            }

            assertThat(said.getFirst())
                    .contains("waits_" + database.name())
                    .contains(
                            "process " + process + " (user " + database.server().user() + ", database "
                                    + database.name() + ", idle in transaction), open for ")
                    .contains("prepared transaction 'left " + database.name() + "' (user ");
        }
    }

    /** Lets the wait end. */
    private static void end(TestDatabase database, Connection other) {
        try {
            other.commit();
            if (!database.query("select 1 from pg_prepared_xacts where database = current_database()")
                    .isEmpty()) {
                database.execute("commit prepared 'left " + database.name() + "'");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
