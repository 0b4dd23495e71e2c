package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Slots;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the log describes it, beside the table that we know.
 *
 * @param cells for each of our columns its place among the log's
 * @param wrong what differs; null if nothing does
 */
record RelationColumns(int[] cells, @Nullable String wrong) {
    static RelationColumns asKnown(PgTable table) {
        int[] cells = new int[table.columns().size()];
        Arrays.setAll(cells, i -> i);
        return new RelationColumns(cells, null);
    }

    static RelationColumns of(PgTable table, List<String> names, int[] types) {
        int[] cells = new int[table.columns().size()];
        for (int i = 0; i < cells.length; i++) {
            PgColumn column = table.columns().get(i);
            cells[i] = names.indexOf(column.name());
            if (cells[i] < 0) {
                return new RelationColumns(cells, "has no column " + column.name() + " any more");
            }
            if (types[cells[i]] != column.type().oid()) {
                return new RelationColumns(cells, "has a column " + column.name() + " of another type now");
            }
        }
        if (names.size() > cells.length) {
            List<String> known = table.columns().stream().map(PgColumn::name).toList();
            return new RelationColumns(
                    cells,
                    "has a column "
                            + names.stream()
                                    .filter(name -> !known.contains(name))
                                    .findFirst()
                                    .orElse("twice")
                            + " now");
        }
        return new RelationColumns(cells, null);
    }

    /** A description may belong to something that was undone: only rows tell that it holds. */
    void check(PgTable table, long commitPlace) {
        if (wrong != null) {
            throw new MillraceException(
                    PostgresError.SCHEMA,
                    "Table " + table.id() + " was changed before rows that committed at " + Slots.text(commitPlace)
                            + ": it " + wrong + ".",
                    "Drop the pipeline's state ('cdc drop') and start anew; undoing the change does not help with rows that"
                            + " were written since.");
        }
    }
}
