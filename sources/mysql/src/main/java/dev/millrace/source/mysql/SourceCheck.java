package dev.millrace.source.mysql;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.PendingTransactions;
import dev.millrace.source.mysql.config.MySqlConfig;
import dev.millrace.source.mysql.log.LogOpening;
import dev.millrace.source.mysql.setup.Cascades;
import dev.millrace.source.mysql.setup.LogContents;
import dev.millrace.source.mysql.setup.LogReaders;
import dev.millrace.source.mysql.setup.LogRetention;
import dev.millrace.source.mysql.setup.Privileges;
import dev.millrace.source.mysql.setup.ServerFacts;
import dev.millrace.source.mysql.setup.ServerRequirements;
import dev.millrace.source.mysql.setup.TableRequirements;
import dev.millrace.source.mysql.split.EnumeratorState;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.check.Findings;
import dev.millrace.source.relational.check.Requirement;
import dev.millrace.source.relational.config.TablePatterns.TablePattern;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.VersionedBytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code cdc check} says of the source. */
final class SourceCheck {
    private final MySqlAccess access;
    private final MySqlConfig config;
    private final Findings findings = new Findings();

    SourceCheck(MySqlAccess access) {
        this.access = access;
        this.config = access.config();
    }

    /** @param state from which the pipeline would go on */
    List<Finding> findings(Optional<VersionedBytes> state) {
        try (ServerSession session = access.sessions().get()) {
            ServerFacts server = ServerFacts.read(session);
            server(session, server);
            List<MySqlTable> tables = tables(session, server);
            if (server.isOn("log_bin")) {
                log(server);
                contents(session, server, tables);
                retention(new LogRetention(server), tables);
                readers(session, server);
                pending(session, server);
            }
            state.ifPresent(known -> state(session, known));
        } catch (MillraceException e) {
            findings.failed("connection", e);
        }
        return findings.all();
    }

    private void server(ServerSession session, ServerFacts server) {
        findings.ok("server", server.title() + " at " + config.server());
        if (!session.isProtected()) {
            findings.warn(
                    "TLS", "The connection is not encrypted.", "Set 'sslmode: verify_identity' and 'sslrootcert'.");
        }
        findings.unmet(ServerRequirements.unmet(server));
    }

    private void log(ServerFacts server) {
        String image = server.variable("binlog_row_image");
        if (!image.isEmpty() && !image.equalsIgnoreCase("FULL")) {
            findings.warn(
                    "binlog_row_image",
                    "binlog_row_image is " + image + ": a change holds "
                            + (image.equalsIgnoreCase("MINIMAL")
                                    ? "the key and the columns that it changed alone"
                                    : "texts and blobs only where it changed them")
                            + ". A sink that needs the others stops the pipeline.",
                    server.setting("binlog_row_image", "'FULL'"));
        }
        String metadata = server.variable("binlog_row_metadata");
        if (!metadata.equalsIgnoreCase("FULL")) {
            findings.warn(
                    "binlog_row_metadata",
                    "binlog_row_metadata is " + metadata
                            + ": the log does not name its columns, so that a change of a table is known only from its DDL.",
                    server.setting("binlog_row_metadata", "'FULL'"));
        }
        if (!server.mariaDb() && !server.isOn("gtid_mode")) {
            findings.warn(
                    "gtid_mode",
                    "gtid_mode is " + server.variable("gtid_mode")
                            + ": after a fail-over to another server the tables have to be read again.",
                    "Turn it on step by step (enforce_gtid_consistency, then gtid_mode OFF_PERMISSIVE, ON_PERMISSIVE, ON).");
        }
    }

    private void contents(ServerSession session, ServerFacts server, List<MySqlTable> tables) {
        if (config.startup().readsLog()) {
            findings.unmet(LogContents.unmet(
                    session, server, tables.stream().map(MySqlTable::id).toList()));
        }
    }

    private void retention(LogRetention retention, List<MySqlTable> tables) {
        long bytes = tables.stream().mapToLong(MySqlTable::dataBytes).sum();
        Duration needed = LogRetention.needed(config.startup().readsTables() ? bytes : 0);
        Optional<Duration> kept = retention.kept();
        if (kept.isPresent() && kept.get().compareTo(needed) < 0) {
            findings.warn(
                    "log retention",
                    "The server keeps its log for " + text(kept.get()) + ". Reading the tables may take " + text(needed)
                            + ", and after a longer stand-still they have to be read again.",
                    retention.setting(needed));
        } else {
            findings.ok(
                    "log retention",
                    kept.map(time -> "the log is kept for " + text(time)).orElse("the log is kept until it is purged"));
        }
        if (retention.keptBytes() > 0) {
            findings.warn(
                    "max_binlog_total_size",
                    "The server keeps no more than " + retention.keptBytes()
                            + " bytes of its log: while the pipeline stands still, what comes next may be lost.",
                    "Choose it for the longest stand-still to be survived, or 0.");
        }
    }

    private static String text(Duration time) {
        return time.toHours() >= 48 ? time.toDays() + " days" : time.toHours() + " hours";
    }

    private void readers(ServerSession session, ServerFacts server) {
        if (!config.startup().readsLog()) {
            return;
        }
        String id = Long.toString(config.replica());
        if (server.variable("server_id").equals(id)) {
            findings.error("server-id", "The server itself has the id " + id + ".", "Choose another 'server-id'.");
        } else if (LogReaders.numbers(session, server).contains(config.replica())) {
            findings.error(
                    "server-id",
                    "Another replica has the id " + id + ": the server would end one of the two again and again.",
                    "Choose another 'server-id'.");
        } else {
            findings.ok("server-id", "the log is read as " + id);
        }
    }

    /** Where a place of the log is taken, that is waited for. */
    private void pending(ServerSession session, ServerFacts server) {
        if (!config.startup().readsLog()) {
            return;
        }
        PendingTransactions pending = PendingTransactions.now(session);
        if (!pending.isKnown()) {
            findings.warn(
                    "XA_RECOVER_ADMIN",
                    "User " + server.account()
                            + " may not ask for XA transactions that are prepared: one that was before"
                            + " the pipeline's start and is committed later is missing, or stops it.",
                    "GRANT XA_RECOVER_ADMIN ON *.* TO " + server.grantee() + ";");
        } else if (!pending.names().isEmpty()) {
            findings.warn(
                    "XA transactions",
                    "Prepared are: " + pending
                            + ". A first start, and one that brings tables in, can't begin before they end.",
                    pending.howToEnd());
        }
    }

    /** Those that can be looked at. */
    private List<MySqlTable> tables(ServerSession session, ServerFacts server) {
        CatalogReader catalog = new CatalogReader(session);
        Set<TableId> names = catalog.names(config.tables()::match);
        patterns(names);
        Privileges privileges = new Privileges(session, server);
        findings.unmet(privileges.unmet(config, names));
        List<MySqlTable> tables =
                catalog.read(names.stream().filter(privileges::mayRead).toList());
        tables(tables);
        cascades(session, server, names);
        return tables;
    }

    private void patterns(Set<TableId> names) {
        for (TablePattern pattern : config.tables().included()) {
            if (names.stream().noneMatch(pattern::matches)) {
                findings.error(
                        "tables",
                        "'" + pattern + "' matches no table that the user may see.",
                        "Correct the pattern: database.table; or GRANT SELECT on the tables.");
            }
        }
    }

    private void tables(List<MySqlTable> tables) {
        TableRequirements requirements = new TableRequirements(config);
        for (MySqlTable table : tables) {
            List<Requirement> unmet = requirements.unmet(table);
            findings.unmet(unmet);
            if (unmet.isEmpty()) {
                capturable(table);
            }
        }
    }

    private void cascades(ServerSession session, ServerFacts server, Set<TableId> names) {
        if (config.startup().readsLog()) {
            Cascades.of(session, server, names)
                    .forEach(cascade ->
                            findings.warn("table " + cascade.table(), cascade.consequence(), cascade.nextStep()));
        }
    }

    private void capturable(MySqlTable table) {
        if (table.hasKey()) {
            findings.ok("table " + table.id(), "key " + String.join(", ", table.keyNames()));
        } else {
            findings.warn(
                    "table " + table.id(),
                    "It has no key. It is read in one piece, and at the first update or delete a sink that can only add rows"
                            + " to such a table stops the pipeline.",
                    "Give it a primary key, or leave it out with 'tables.exclude', unless its rows never change.");
        }
    }

    private void state(ServerSession session, VersionedBytes known) {
        try {
            EnumeratorState state = EnumeratorState.of(known);
            if (config.startup().readsLog()) {
                new LogOpening(session).follow(Restart.toFollow(state, state.log()));
                TableChoice.of(state, config, session);
            }
        } catch (MillraceException e) {
            findings.error("going on from the state", e.code().id() + " " + e.getMessage(), e.nextStep());
        }
    }
}
