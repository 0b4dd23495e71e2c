package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.catalog.PartitionReader;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.config.PostgresConfig;
import dev.millrace.source.postgres.config.StartupMode;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.PublicationEntries;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.source.postgres.split.ServerHistory;
import dev.millrace.source.postgres.split.TableSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What would keep a pipeline from going on from its state, as far as that can be seen without a start. */
final class StateCheck {
    private final PostgresConfig config;
    private final Sessions sessions;
    private final EnumeratorState state;

    StateCheck(PostgresConfig config, Sessions sessions, EnumeratorState state) {
        this.config = config;
        this.sessions = sessions;
        this.state = state;
    }

    /** What does not keep it from going on: names of partitions that rows in the sink have outlived, by the table. */
    Map<PgTable, List<String>> gonePartitions(Connection connection) throws SQLException {
        if (config.startup() == StartupMode.SNAPSHOT) {
            return Map.of();
        }
        return new PartitionReader(connection)
                .gone(state.tables().stream()
                        .map(TableSnapshot::table)
                        .filter(table -> config.tables().match(table.id()))
                        .toList());
    }

    /** @throws MillraceException the first thing that is found */
    void requireAll(Connection connection) throws SQLException {
        if (config.startup() == StartupMode.SNAPSHOT) {
            return;
        }
        Optional<ServerHistory> history = state.origin().history();
        if (history.isPresent()) {
            long read = state.places().stream().max(Long::compareUnsigned).orElse(0L);
            new HistoryCheck(sessions).requireSame(connection, history.get(), read);
        }
        if (new Slots(sessions, state.slot()).find(connection).isEmpty()) {
            throw new MillraceException(
                    PostgresError.SLOT_LOST,
                    "Replication slot " + state.slot() + " is gone: changes since the last checkpoint are lost.",
                    "'cdc drop', then start anew: the tables have to be read again.");
        }
        List<PgTable> before =
                TableChoice.of(state, config.tables(), connection).before();
        PublicationEntries entries = new PublicationEntries(connection, state.publication());
        PublicationEntries.Look now = entries.look(before);
        state.origin().published().ifPresent(then -> entries.requireSame(then, now.published(), before));
    }
}
