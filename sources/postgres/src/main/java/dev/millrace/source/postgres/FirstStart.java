package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.Beginning.OpenEpoch;
import dev.millrace.source.postgres.catalog.CatalogReader;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.config.PostgresConfig;
import dev.millrace.source.postgres.config.StartupMode;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.log.LogHead;
import dev.millrace.source.postgres.setup.ExportedSnapshot;
import dev.millrace.source.postgres.setup.PublicationEntries;
import dev.millrace.source.postgres.setup.Publications;
import dev.millrace.source.postgres.setup.RowSecurity;
import dev.millrace.source.postgres.setup.ServerFacts;
import dev.millrace.source.postgres.setup.ServerRequirements;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.setup.TableRequirements;
import dev.millrace.source.postgres.setup.VirtualColumns;
import dev.millrace.source.postgres.split.Chunks;
import dev.millrace.source.postgres.split.Published;
import dev.millrace.source.postgres.split.TableSnapshot;
import dev.millrace.source.relational.KnownServers;
import dev.millrace.source.relational.check.Requirement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A pipeline that has no state yet: finds its tables, makes publication and slot, opens the first epoch. */
final class FirstStart {
    private final PostgresConfig config;
    private final FirstMade made;
    private final Sessions sessions;
    private final Slots slots;
    private final KnownServers servers;
    private final boolean untilCaughtUp;

    FirstStart(PostgresConfig config, FirstMade made, Sessions sessions, KnownServers servers, boolean untilCaughtUp) {
        this.config = config;
        this.made = made;
        this.sessions = sessions;
        this.servers = servers;
        this.slots = new Slots(sessions, config.slot());
        this.untilCaughtUp = untilCaughtUp;
    }

    Beginning begin() {
        try (Connection connection = servers.connect(sessions.server().toString(), () -> sessions.sql("set-up"))) {
            ServerFacts server = ServerFacts.read(connection);
            Requirement.requireNone(ServerRequirements.unmet(server));
            List<PgTable> tables = tables(connection);
            if (config.startup().readsTables()) {
                Requirement.requireNone(RowSecurity.unmet(connection, server, tables));
            }
            Optional<Slots.Slot> slot = usable(slots.find(connection));
            publication(new Publications(connection, server, config.publication(), made.pipeline()), slot, tables);
            Optional<Published> published = published(connection, tables);
            return switch (config.startup()) {
                case INITIAL ->
                    snapshot(connection, tables, slot.isPresent() ? slots.snapshot() : newSlot(), published);
                case SNAPSHOT -> snapshot(connection, tables, slots.snapshot(), published);
                case LATEST_OFFSET -> {
                    try (ExportedSnapshot place = slot.isPresent() ? slots.snapshot() : newSlot()) {
                        yield log(connection, tables, place.place(), published);
                    }
                }
                case COMMITTED_OFFSET ->
                    log(connection, tables, slot.orElseThrow().confirmedPlace(), published);
            };
        } catch (SQLException e) {
            throw PostgresFailure.during("preparing the server", e);
        }
    }

    /** Looked up before the slot is made, which may wait for long: what changes meanwhile is to be noticed. */
    private Optional<Published> published(Connection connection, List<PgTable> tables) throws SQLException {
        return config.startup() == StartupMode.SNAPSHOT
                ? Optional.empty()
                : new PublicationEntries(connection, config.publication())
                        .look(tables)
                        .published();
    }

    private ExportedSnapshot newSlot() {
        ExportedSnapshot exported = slots.create();
        made.slot();
        return exported;
    }

    /** Where reading begins at a slot's place, a publication made now would not hold what has changed since. */
    private void publication(Publications publications, Optional<Slots.Slot> slot, List<PgTable> tables)
            throws SQLException {
        switch (config.startup()) {
            case INITIAL, LATEST_OFFSET -> {
                if (publications.prepare(tables)) {
                    made.publication();
                }
            }
            case COMMITTED_OFFSET -> {
                if (slot.isEmpty()) {
                    throw noSlot();
                }
                Requirement.requireNone(publications.unmetSoFar(tables));
            }
            case SNAPSHOT -> {}
        }
    }

    private List<PgTable> tables(Connection connection) throws SQLException {
        List<PgTable> tables = new CatalogReader(connection).read(config.tables()::match);
        if (tables.isEmpty()) {
            throw new MillraceException(
                    PostgresError.TABLES,
                    "'tables' matches no table of database " + config.server().database() + ".",
                    "Correct 'tables': database.schema.table, with \\. for a dot of an expression, for example "
                            + config.server().database() + ".public.\\.*");
        }
        List<Requirement> unmet = new ArrayList<>();
        tables.forEach(table -> unmet.addAll(TableRequirements.unmet(table)));
        unmet.addAll(VirtualColumns.unmet(connection, tables));
        Requirement.requireNone(unmet);
        return tables;
    }

    /** A slot that is there already is taken over: without state nothing needs what it has kept. */
    private Optional<Slots.Slot> usable(Optional<Slots.Slot> slot) {
        slot.ifPresent(found -> Requirement.requireNone(
                SlotRequirements.unmet(found, config.server().database())));
        return slot;
    }

    private Beginning snapshot(
            Connection connection, List<PgTable> tables, ExportedSnapshot exported, Optional<Published> published)
            throws SQLException {
        Set<TableId> names = tables.stream().map(PgTable::id).collect(Collectors.toSet());
        try (SnapshotOpening opening = SnapshotOpening.open(sessions, exported, 0, names)) {
            List<PgTable> then = tables.stream()
                    .map(table -> TrackedSchema.requireSame(table, opening.tables()))
                    .sorted(Comparator.comparing(PgTable::id))
                    .toList();
            return new Beginning(
                    opening.plan(then, config.chunkRows()),
                    List.of(exported.place()),
                    Optional.of(new OpenEpoch(opening.epoch(), exported)),
                    Beginning.InSink.NOTHING,
                    inLog(connection, published));
        } catch (SQLException | RuntimeException e) {
            exported.close();
            throw e;
        }
    }

    private Beginning log(Connection connection, List<PgTable> tables, long place, Optional<Published> published)
            throws SQLException {
        List<TableSnapshot> none = tables.stream()
                .map(table -> new TableSnapshot(table, Chunks.WHOLE))
                .toList();
        none.forEach(table -> table.read(0, 0));
        return new Beginning(
                none, List.of(place), Optional.empty(), Beginning.InSink.NOTHING, inLog(connection, published));
    }

    private Beginning.InLog inLog(Connection connection, Optional<Published> published) throws SQLException {
        return new Beginning.InLog(
                Optional.empty(),
                LogHead.end(connection, untilCaughtUp),
                Optional.of(new HistoryCheck(sessions).read()),
                published);
    }

    private MillraceException noSlot() {
        return new MillraceException(
                PostgresError.SLOT,
                "'scan.startup.mode' is committed-offset, and there is no replication slot " + config.slot() + ".",
                "Name an existing slot in 'slot.name', or begin with 'scan.startup.mode: initial'.");
    }
}
