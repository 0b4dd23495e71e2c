package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.PublicationEntries;
import dev.millrace.source.postgres.setup.PublicationEntries.Name;
import dev.millrace.source.postgres.split.LogSplit.Target;
import dev.millrace.source.postgres.split.Published;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once in a while whether the log still holds all changes of the tables. It says nothing of a table that left the
 * publication for a while, nor of one that was made anew outside of it, nor of partitions that come and go.
 */
final class CatalogWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogWatch.class);
    static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final PublicationEntries entries;
    private final List<PgTable> tables;
    private final PartitionWatch partitions;
    private Optional<Published> before;
    private boolean looked;
    private long lookedAt;

    CatalogWatch(Connection connection, Target target) {
        this(connection, target, LOG::warn);
    }

    /** @param warn what is said of changes that rows in the sink outlive */
    CatalogWatch(Connection connection, Target target, Consumer<String> warn) {
        this.entries = new PublicationEntries(connection, target.publication());
        this.tables = target.tables();
        this.partitions = new PartitionWatch(connection, tables, warn);
        this.before = target.published();
    }

    /** Looks again if it is time to. */
    void refresh(long nanoTime) throws SQLException {
        if (!looked || nanoTime - lookedAt >= INTERVAL_NANOS) {
            looked = true;
            lookedAt = nanoTime;
            look();
        }
    }

    /** @throws MillraceException where changes may be missing */
    void look() throws SQLException {
        PublicationEntries.Look look = entries.look(tables);
        if (before.isEmpty()) {
            before = look.published();
        }
        if (before.isPresent()) {
            entries.requireSame(before.get(), look.published(), tables);
        }
        List<PgTable> there = new ArrayList<>();
        List<PgTable> gone = new ArrayList<>();
        for (PgTable table : tables) {
            Name now = look.names().get(table.oid());
            if (now == null) {
                gone.add(table);
            } else if (!now.equals(Name.of(table.id()))) {
                throw changed(table, "is called " + now + " now");
            } else {
                there.add(table);
            }
        }
        requireGone(gone);
        partitions.look(there);
    }

    /** A table that is gone has no changes to miss, unless there is another of its name. */
    private void requireGone(List<PgTable> gone) throws SQLException {
        if (gone.isEmpty()) {
            return;
        }
        Set<Name> taken =
                entries.taken(gone.stream().map(table -> Name.of(table.id())).toList());
        for (PgTable table : gone) {
            if (taken.contains(Name.of(table.id()))) {
                throw changed(table, "was dropped and made anew");
            }
        }
    }

    private static MillraceException changed(PgTable table, String what) {
        return new MillraceException(
                PostgresError.SCHEMA,
                "Table " + table.id() + " " + what + ".",
                "To read the table anew, name it in 'tables.exclude' for one run, and then no more; or 'cdc drop' and start"
                        + " anew.");
    }
}
