package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.catalog.CatalogReader;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.config.PostgresConfig;
import dev.millrace.source.postgres.config.StartupMode;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.failure.GonePartitions;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.failure.WayOut;
import dev.millrace.source.postgres.setup.OpenTransactions;
import dev.millrace.source.postgres.setup.Publications;
import dev.millrace.source.postgres.setup.RowSecurity;
import dev.millrace.source.postgres.setup.ServerFacts;
import dev.millrace.source.postgres.setup.ServerRequirements;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.setup.TablePrivileges;
import dev.millrace.source.postgres.setup.TableRequirements;
import dev.millrace.source.postgres.setup.VirtualColumns;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.source.relational.check.Findings;
import dev.millrace.source.relational.check.Requirement;
import dev.millrace.source.relational.config.TablePatterns.TablePattern;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.VersionedBytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@code cdc check} says of the source. */
final class SourceCheck {
    /** A slot for the pipeline and one for a snapshot after a crash. */
    private static final int SLOTS_NEEDED = 2;

    private static final Duration OLD_TRANSACTION = Duration.ofMinutes(1);

    private final PostgresConfig config;
    private final String pipeline;
    private final Sessions sessions;
    private final Duration oldTransaction;
    private final Findings findings = new Findings();

    SourceCheck(PostgresConfig config, String pipeline, Sessions sessions) {
        this(config, pipeline, sessions, OLD_TRANSACTION);
    }

    /** @param oldTransaction how long a transaction has to be open to be worth a word */
    SourceCheck(PostgresConfig config, String pipeline, Sessions sessions, Duration oldTransaction) {
        this.oldTransaction = oldTransaction;
        this.config = config;
        this.pipeline = pipeline;
        this.sessions = sessions;
    }

    List<Finding> findings() {
        return findings(Optional.empty());
    }

    /** @param state from which the pipeline would go on */
    List<Finding> findings(Optional<VersionedBytes> state) {
        try (Connection connection = sessions.sql("check")) {
            ServerFacts server = ServerFacts.read(connection);
            server(server);
            List<PgTable> tables = new CatalogReader(connection).read(config.tables()::match);
            tables(tables);
            findings.unmet(VirtualColumns.unmet(connection, tables));
            findings.unmet(TablePrivileges.unmet(connection, server, tables));
            if (config.startup().readsTables()) {
                findings.unmet(RowSecurity.unmet(connection, server, tables));
            }
            Publications publications = new Publications(connection, server, config.publication(), pipeline);
            findings.unmet(
                    config.startup() == StartupMode.COMMITTED_OFFSET
                            ? publications.unmetSoFar(tables)
                            : publications.unmet(tables));
            slot(connection, server);
            openTransactions(connection);
            state.ifPresent(known -> state(connection, known));
        } catch (MillraceException e) {
            findings.failed("connection", e);
        } catch (SQLException e) {
            findings.failed("server", PostgresFailure.during("checking the server", e));
        }
        return findings.all();
    }

    private void state(Connection connection, VersionedBytes known) {
        try {
            StateCheck check = new StateCheck(config, sessions, EnumeratorState.of(known));
            check.gonePartitions(connection)
                    .forEach((table, gone) -> findings.warn(
                            "table " + table.id(), GonePartitions.message(table.id(), gone), WayOut.READ_TABLE_AGAIN));
            check.requireAll(connection);
        } catch (MillraceException e) {
            findings.error("going on from the state", e.code().id() + " " + e.getMessage(), e.nextStep());
        } catch (SQLException e) {
            findings.failed("going on from the state", PostgresFailure.during("checking what the state needs", e));
        }
    }

    private void server(ServerFacts server) {
        findings.ok("server", "PostgreSQL " + server.versionText() + " at " + config.server());
        if (server.major() > ServerRequirements.NEWEST) {
            findings.warn(
                    "server version",
                    "PostgreSQL " + server.versionText() + " is newer than those this release was tested with.",
                    "Look for a newer Millrace release.");
        }
        if (!server.encrypted() && !config.server().isUnixSocket()) {
            findings.warn("TLS", "The connection is not encrypted.", "Set 'sslmode: verify-full' and 'sslrootcert'.");
        }
        if (server.keptLogBytes() >= 0) {
            findings.warn(
                    "max_slot_wal_keep_size",
                    "While the pipeline stands still, the server keeps its log only up to " + server.keptLogBytes()
                            + " bytes; then the tables have to be read again.",
                    "Choose it for the longest stand-still to be survived, or -1.");
        }
        findings.unmet(ServerRequirements.unmet(server));
        if (server.sendersLeft() < 1) {
            findings.error(
                    "max_wal_senders",
                    "No replication session is left.",
                    "Raise max_wal_senders and restart the server.");
        }
    }

    private void tables(List<PgTable> tables) {
        for (TablePattern pattern :
                config.tables().unmatched(tables.stream().map(PgTable::id).toList())) {
            findings.error(
                    "tables", "'" + pattern + "' matches no table.", "Correct the pattern: database.schema.table.");
        }
        for (PgTable table : tables) {
            List<Requirement> unmet = TableRequirements.unmet(table);
            findings.unmet(unmet);
            if (unmet.isEmpty()) {
                capturable(table);
            }
        }
    }

    private void capturable(PgTable table) {
        if (table.hasKey()) {
            findings.ok(
                    "table " + table.id(),
                    "key " + String.join(", ", table.keyNames()) + ", replica identity " + table.identity());
        } else {
            findings.warn(
                    "table " + table.id(),
                    "It has no key. Inserts are captured; at the first update or delete a sink that can only add rows to such"
                            + " a table stops the pipeline.",
                    "Give it a primary key, or leave it out with 'tables.exclude', unless its rows never change.");
        }
    }

    private void slot(Connection connection, ServerFacts server) throws SQLException {
        Optional<Slots.Slot> slot = new Slots(sessions, config.slot()).find(connection);
        if (slot.isPresent()) {
            List<Requirement> unmet =
                    SlotRequirements.unmet(slot.get(), config.server().database());
            unmet.stream()
                    .filter(each -> each.code() == PostgresError.SLOT_BUSY)
                    .forEach(each -> findings.warn(each.subject(), each.message(), each.fix()));
            findings.unmet(unmet.stream()
                    .filter(each -> each.code() != PostgresError.SLOT_BUSY)
                    .toList());
            if (slot.get().kept() == Slots.LogKept.ENDANGERED) {
                findings.warn(
                        "replication slot " + config.slot(),
                        "The server keeps more of its log for it than max_slot_wal_keep_size, and may remove it any moment.",
                        "Let the pipeline run, or raise max_slot_wal_keep_size (select pg_reload_conf() puts it into force).");
            } else if (unmet.isEmpty()) {
                findings.ok(
                        "replication slot " + config.slot(),
                        "exists, confirmed up to " + Slots.text(slot.get().confirmedPlace()));
            }
        } else if (config.startup() == StartupMode.COMMITTED_OFFSET) {
            findings.error(
                    "replication slot " + config.slot(),
                    "does not exist, but 'scan.startup.mode' is committed-offset.",
                    "Name an existing slot, or choose 'scan.startup.mode: initial'.");
        }
        int needed = slot.isPresent() ? SLOTS_NEEDED - 1 : SLOTS_NEEDED;
        if (server.slotsLeft() < needed) {
            findings.error(
                    "max_replication_slots",
                    server.slotsLeft() + " replication slots are left; " + needed + " are needed.",
                    "Drop slots that are not needed (select * from pg_replication_slots), or raise max_replication_slots.");
        }
    }

    private void openTransactions(Connection connection) throws SQLException {
        for (OpenTransactions.Open open : OpenTransactions.oldest(connection)) {
            if (open.age().filter(age -> age.compareTo(oldTransaction) >= 0).isPresent()) {
                findings.warn(
                        "open transaction",
                        open + ". A first start waits until it has ended, and so does a start that has tables to read.",
                        "Let it end, or: " + open.howToEnd());
            }
        }
    }
}
