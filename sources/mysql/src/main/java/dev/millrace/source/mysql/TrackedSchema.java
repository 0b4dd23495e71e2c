package dev.millrace.source.mysql;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.failure.MySqlError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a table as it is with how it was when reading began. */
final class TrackedSchema {
    private static final String START_ANEW =
            "Undo the change, or drop the pipeline ('cdc drop'), remove its tables from the sink and start anew.";

    private TrackedSchema() {}

    /**
     * The table as it is now.
     *
     * @throws MillraceException where it is gone, or has changed in anything but comments, defaults and size
     */
    static MySqlTable requireSame(MySqlTable tracked, Map<TableId, MySqlTable> live) {
        MySqlTable now = live.get(tracked.id());
        if (now == null) {
            throw new MillraceException(MySqlError.SCHEMA, "Table " + tracked.id() + " is gone.", START_ANEW);
        }
        difference(tracked, now).ifPresent(what -> {
            throw new MillraceException(
                    MySqlError.SCHEMA,
                    "Table " + tracked.id() + " has changed since reading began: " + what + ".",
                    START_ANEW);
        });
        return now;
    }

    static Optional<String> difference(MySqlTable was, MySqlTable now) {
        if (!was.keyNames().equals(now.keyNames())) {
            return Optional.of("its key is another");
        }
        List<MySqlColumn> before = was.columns();
        List<MySqlColumn> after = now.columns();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            if (i >= after.size()) {
                return Optional.of("column " + before.get(i).name() + " is gone");
            }
            if (i >= before.size()) {
                return Optional.of("column " + after.get(i).name() + " is new");
            }
            if (!shape(before.get(i)).equals(shape(after.get(i)))) {
                return Optional.of(
                        "column " + (i + 1) + " was " + text(before.get(i)) + " and is " + text(after.get(i)));
            }
        }
        return Optional.empty();
    }

    private static String text(MySqlColumn column) {
        String collation = column.type().collation();
        return column.name() + " " + column.type().text() + (collation.isEmpty() ? "" : " collate " + collation)
                + (column.nullable() ? "" : " not null");
    }

    private static MySqlColumn shape(MySqlColumn column) {
        return new MySqlColumn(
                column.name(),
                column.type(),
                column.nullable(),
                column.generated(),
                true,
                Optional.empty(),
                Optional.empty());
    }
}
