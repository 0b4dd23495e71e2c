package dev.millrace.source.mysql.log;

import dev.millrace.model.ColumnVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.Schema;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.split.TableSkips;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which changes of one table its snapshot holds, because a part of it was read in a later epoch than the one that the log is read from. */
final class ContainedChanges {
    /** How much of a transaction the snapshot holds. */
    enum Part {
        NONE,
        ALL,
        BY_KEY
    }

    private final TableSkips skips;
    private final Map<Integer, LogPosition> epochs;
    private @Nullable Transaction entered;
    private Part part = Part.NONE;

    ContainedChanges(TableSkips skips, Map<Integer, LogPosition> epochs) {
        this.skips = skips;
        this.epochs = epochs;
    }

    Part enter(Transaction transaction) {
        if (!transaction.equals(entered)) {
            entered = transaction;
            if (contains(skips.firstEpoch(), transaction)) {
                part = Part.ALL;
            } else {
                part = contains(Collections.max(skips.epochs()), transaction) ? Part.BY_KEY : Part.NONE;
            }
        }
        return part;
    }

    /** Of the transaction that was entered last. */
    Part part() {
        return part;
    }

    /** Whether it holds the change of one row; the second image has those key columns that the first has not. */
    boolean holds(Schema schema, RowDecoder rows, ImageCells row, ImageCells rest) {
        List<ColumnVector> key = new ArrayList<>();
        for (int column : skips.keyColumns()) {
            ImageCells cells = row.has(column) ? row : rest;
            VectorBuilder cell = VectorBuilder.of(schema.columns().get(column).type());
            rows.decodeCell(column, cells.source(), cells.start(column), cell);
            key.add(cell.build());
        }
        return contains(skips.epoch(key, 0), Objects.requireNonNull(entered));
    }

    private boolean contains(int epoch, Transaction transaction) {
        return Objects.requireNonNull(epochs.get(epoch)).contains(transaction.logged());
    }
}
