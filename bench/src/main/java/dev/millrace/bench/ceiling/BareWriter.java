package dev.millrace.bench.ceiling;

import dev.millrace.bench.ceiling.Account.Moved;
import dev.millrace.bench.source.Workload;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.paimon.types.RowKind;

/**
 * Writes the benchmark's rows from memory with Paimon's own writer, or as a bare Parquet file. Arguments: what to write, a
 * folder, the server's URL, a table with the rows, rows, changes, bytes a row, then table options as {@code key=value}.
 */
public final class BareWriter {
    /** More would not fit into the heap; beyond them contents are repeated under new keys. */
    private static final int MOST_ROWS_IN_MEMORY = 1_000_000;

    private static final int FIRST_OPTION = 7;

    private BareWriter() {}

    /** What to write. */
    public enum Task {
        /** The rows into one Parquet file. */
        PARQUET,
        /** The rows into a table without a key. */
        APPEND,
        /** The rows into a table with a primary key. */
        KEYED,
        /** The changes of the workload into a table with a primary key. */
        CHANGES
    }

    /** Where rows go. */
    @FunctionalInterface
    interface Target {
        void write(MemoryRow row) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Task task = Task.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Workload workload = new Workload(Long.parseLong(arguments[4]), 1, Long.parseLong(arguments[5]));
        Map<String, String> options = Arrays.stream(arguments)
                .skip(FIRST_OPTION)
                .map(option -> option.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        int inMemory = (int) Math.min(MOST_ROWS_IN_MEMORY, workload.rows());
        MemoryRows rows = MemoryRows.read(arguments[2], arguments[3], inMemory);
        System.gc();
        Account.of(() -> {
            long written = switch (task) {
                case PARQUET -> ParquetTarget.write(folder, options, to -> snapshot(rows, workload, to));
                case APPEND -> PaimonTarget.write(folder, List.of(), options, to -> snapshot(rows, workload, to));
                case KEYED -> PaimonTarget.write(folder, List.of("id"), options, to -> snapshot(rows, workload, to));
                case CHANGES -> PaimonTarget.write(folder, List.of("id"), options, to -> changes(rows, workload, to));
            };
            return new Moved(written, written * Long.parseLong(arguments[6]));
        });
        // Paimon leaves threads behind that are not daemons.
        System.exit(0);
    }

    private static long snapshot(MemoryRows rows, Workload workload, Target target) throws Exception {
        MemoryRow row = new MemoryRow(rows);
        for (long id = 1; id <= workload.rows(); id++) {
            target.write(row.of(RowKind.INSERT, id));
        }
        return workload.rows();
    }

    private static long changes(MemoryRows rows, Workload workload, Target target) throws Exception {
        MemoryRow row = new MemoryRow(rows);
        for (long transaction = 0; transaction < workload.transactions(); transaction++) {
            for (int i = 0; i < Workload.INSERTS; i++) {
                target.write(row.of(RowKind.INSERT, workload.insertedKey(transaction, i)));
            }
            for (int i = 0; i < Workload.UPDATES; i++) {
                target.write(row.of(RowKind.UPDATE_AFTER, workload.updatedKey(transaction, i)));
            }
            for (int i = 0; i < Workload.DELETES; i++) {
                target.write(row.of(RowKind.DELETE, workload.deletedKey(transaction, i)));
            }
        }
        return workload.transactions() * (Workload.INSERTS + Workload.UPDATES + Workload.DELETES);
    }
}
