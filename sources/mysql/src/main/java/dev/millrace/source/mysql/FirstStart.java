package dev.millrace.source.mysql;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.config.Startup;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.setup.Cascades;
import dev.millrace.source.mysql.setup.LogContents;
import dev.millrace.source.mysql.setup.Privileges;
import dev.millrace.source.mysql.setup.ServerFacts;
import dev.millrace.source.mysql.setup.ServerRequirements;
import dev.millrace.source.mysql.setup.TableRequirements;
import dev.millrace.source.mysql.split.Chunks;
import dev.millrace.source.mysql.split.TableSnapshot;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.KnownServers;
import dev.millrace.source.relational.check.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pipeline that has no state yet: finds its tables, opens the first epoch. Changes nothing at the server. */
final class FirstStart {
    private final MySqlAccess access;
    private final KnownServers servers;

    FirstStart(MySqlAccess access, KnownServers servers) {
        this.access = access;
        this.servers = servers;
    }

    Beginning begin() {
        try (ServerSession session = servers.connect(access.config().server().toString(), access.sessions())) {
            ServerFacts server = ServerFacts.read(session);
            Requirement.requireNone(ServerRequirements.unmet(server));
            List<MySqlTable> tables = tables(session, server);
            LogPlaces places = new LogPlaces(session);
            QuietPlaces quiet = new QuietPlaces(session);
            return switch (access.config().startup()) {
                case Startup.Initial initial -> snapshot(session, tables);
                case Startup.Snapshot snapshot -> snapshot(session, tables);
                case Startup.Latest latest -> log(session, tables, quiet.latest());
                case Startup.Earliest earliest -> log(session, tables, quiet.past(places::earliest));
                case Startup.Specific specific ->
                    log(session, tables, quiet.past(() -> places.specific(specific.start())));
                case Startup.Since since ->
                    log(session, tables, quiet.past(() -> new LogSearch(access).since(since.time(), session)));
            };
        }
    }

    /** Rights are looked at before hours of reading, after which the log could not be followed. */
    private List<MySqlTable> tables(ServerSession session, ServerFacts server) {
        CatalogReader catalog = new CatalogReader(session);
        Set<TableId> names = catalog.names(access.config().tables()::match);
        if (names.isEmpty()) {
            throw new MillraceException(
                    MySqlError.TABLES,
                    "'tables' matches no table that the user may see.",
                    "Correct 'tables': database.table, with \\. for a dot of an expression, for example shop.\\.*; or grant SELECT on them.");
        }
        Requirement.requireNone(new Privileges(session, server).unmet(access.config(), names));
        List<MySqlTable> tables = catalog.read(names);
        Requirement.requireNone(new TableRequirements(access.config()).unmet(tables));
        if (access.config().startup().readsLog()) {
            Requirement.requireNone(LogContents.unmet(session, server, names));
            Cascades.say(session, server, names);
        }
        return tables;
    }

    private Beginning snapshot(ServerSession session, List<MySqlTable> tables) {
        NextEpoch.Opened opened = new NextEpoch(access, session).open(0, Optional.empty(), List.of(), tables);
        return new Beginning(
                opened.tables(), List.of(opened.position()), opened.mark(), Beginning.InSink.NOTHING, inLog(session));
    }

    private Beginning log(ServerSession session, List<MySqlTable> tables, LogPosition place) {
        List<TableSnapshot> none = tables.stream()
                .map(table -> new TableSnapshot(table, Chunks.WHOLE))
                .toList();
        none.forEach(table -> table.read(0, 0));
        return new Beginning(none, List.of(place), Optional.empty(), Beginning.InSink.NOTHING, inLog(session));
    }

    /** The log's end is looked up once the epoch is there: it has to lie behind it. */
    private Beginning.InLog inLog(ServerSession session) {
        return new Beginning.InLog(Optional.empty(), access.end(session), ServerIdentity.of(session));
    }
}
