package dev.millrace.sink.paimon;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.TransactionRuns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How an error names a row: by its key, and by where it comes from. */
final class RowName {
    private static final int MOST_OF_A_KEY = 100;

    private RowName() {}

    /** For example {@code shop.orders (id=1), written by transaction 734 of 2026-11-21T09:10:11Z, log position 25012345}. */
    static String of(TargetTable target, ChangeBatch batch, int row) {
        TransactionRuns runs = batch.transactions();
        int run = runs.runOf(row);
        Instant committed = Instant.EPOCH.plus(runs.commitMicros(run), ChronoUnit.MICROS);
        String origin = batch.origin() == ChangeBatch.Origin.SNAPSHOT
                ? "read by the snapshot of " + committed
                : "written by transaction " + runs.id(run) + " of " + committed;
        return target.schema().table() + key(target, batch, row) + ", " + origin + ", log position "
                + Long.toUnsignedString(runs.position(run));
    }

    private static String key(TargetTable target, ChangeBatch batch, int row) {
        int[] columns = target.keyColumns();
        if (columns.length == 0) {
            return "";
        }
        List<Optional<String>> cells = new CellText(target.rowType().project(columns))
                .of(CellRow.over(batch).select(columns).at(row));
        return IntStream.range(0, columns.length)
                .mapToObj(i -> target.schema().columns().get(columns[i]).name() + "="
                        + shortened(cells.get(i).orElse("null")))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String shortened(String value) {
        return value.length() <= MOST_OF_A_KEY ? value : value.substring(0, MOST_OF_A_KEY) + "…";
    }
}
