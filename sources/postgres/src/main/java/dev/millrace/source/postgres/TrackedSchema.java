package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.PgTable.Identity;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.failure.WayOut;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a table as it is with how it was when reading began. */
final class TrackedSchema {
    private static final String UNDO = "Undo the change. " + WayOut.READ_TABLE_AGAIN;

    private TrackedSchema() {}

    /**
     * The table as it is now.
     *
     * @throws MillraceException where it is gone, or has changed in anything but comments and size
     */
    static PgTable requireSame(PgTable tracked, Map<TableId, PgTable> live) {
        PgTable now = live.get(tracked.id());
        if (now == null || now.oid() != tracked.oid()) {
            throw new MillraceException(
                    PostgresError.SCHEMA,
                    "Table " + tracked.id() + (now == null ? " is gone." : " was dropped and made anew."),
                    UNDO);
        }
        difference(tracked, now).ifPresent(what -> {
            throw new MillraceException(
                    PostgresError.SCHEMA,
                    "Table " + tracked.id() + " has changed since reading began: " + what + ".",
                    UNDO);
        });
        return now;
    }

    private static Optional<String> difference(PgTable was, PgTable now) {
        if (!was.key().equals(now.key())) {
            return Optional.of("its key is another");
        }
        if (was.identity() != now.identity() && !namesRowsAlike(was, now)) {
            boolean differs = now.storage().stream().anyMatch(part -> part.identity() != now.identity());
            return Optional.of("its replica identity was " + was.identity() + " and is " + now.identity()
                    + (differs ? ", but not that of all its partitions" : ""));
        }
        for (PgColumn column : was.columns()) {
            Optional<PgColumn> same = numbered(now.columns(), column.number());
            if (same.isEmpty()) {
                return Optional.of("column " + column.name() + " is gone");
            }
            if (!shape(column).equals(shape(same.get()))) {
                return Optional.of("column " + column.name() + " is "
                        + same.get().name() + " " + same.get().type() + " now");
            }
        }
        return now.columns().stream()
                .filter(column -> numbered(was.columns(), column.number()).isEmpty())
                .map(column -> "column " + column.name() + " is new")
                .findFirst();
    }

    /**
     * With the same key, whole old rows name their rows as well as their keys do. Each partition has an identity of its own:
     * where the root's is full and a partition's is not, the log marks more columns as sent than were.
     */
    private static boolean namesRowsAlike(PgTable was, PgTable now) {
        return was.hasKey()
                && isDefaultOrFull(was.identity())
                && isDefaultOrFull(now.identity())
                && now.storage().stream()
                        .allMatch(part -> part.identity() == Identity.FULL || part.identity() == now.identity());
    }

    private static boolean isDefaultOrFull(Identity identity) {
        return identity == Identity.DEFAULT || identity == Identity.FULL;
    }

    private static Optional<PgColumn> numbered(List<PgColumn> columns, int number) {
        return columns.stream().filter(column -> column.number() == number).findFirst();
    }

    private static PgColumn shape(PgColumn column) {
        return new PgColumn(
                column.number(),
                column.name(),
                column.type(),
                column.modifier(),
                column.dimensions(),
                column.notNull(),
                Optional.empty());
    }
}
