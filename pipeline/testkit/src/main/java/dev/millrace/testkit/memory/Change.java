package dev.millrace.testkit.memory;

import dev.millrace.model.Operation;
import dev.millrace.schema.TableId;
import java.util.List;
import java.util.Optional;

/**
 * A change of one row, or of all rows of a table.
 *
 * @param operation empty for a truncation
 * @param row       the row's values, all of them whole numbers; empty for a truncation
 */
public record Change(TableId table, Optional<Operation> operation, List<Long> row) {
    public static Change insert(TableId table, Long... row) {
        return new Change(table, Optional.of(Operation.INSERT), List.of(row));
    }

    public static Change update(TableId table, Long... row) {
        return new Change(table, Optional.of(Operation.UPDATE_AFTER), List.of(row));
    }

    public static Change delete(TableId table, Long... row) {
        return new Change(table, Optional.of(Operation.DELETE), List.of(row));
    }

    public static Change truncate(TableId table) {
        return new Change(table, Optional.empty(), List.of());
    }
}
