package dev.millrace.runtime.task;

import dev.millrace.runtime.JobStatus;
import dev.millrace.schema.TableId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Where the tasks count what passes; may outlive a run and go on counting in the next. Used by any thread. */
public final class StatusBoard {
    private static final class Counters {
        final LongAdder rowsRead = new LongAdder();
        final LongAdder bytesRead = new LongAdder();
        final LongAdder rowsCommitted = new LongAdder();
        final LongAdder bytesCommitted = new LongAdder();
    }

    private final Map<TableId, Counters> tables = new ConcurrentHashMap<>();
    private final LongAdder bytesRead = new LongAdder();

    void read(TableId table, RowCount count) {
        Counters counters = of(table);
        counters.rowsRead.add(count.rows());
        counters.bytesRead.add(count.bytes());
        bytesRead.add(count.bytes());
    }

    void committed(TableId table, RowCount count) {
        Counters counters = of(table);
        counters.rowsCommitted.add(count.rows());
        counters.bytesCommitted.add(count.bytes());
    }

    /** Bytes of all rows read. */
    long bytesRead() {
        return bytesRead.sum();
    }

    List<JobStatus.TableCount> counts() {
        return tables.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> countOf(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Counters of(TableId table) {
        Counters known = tables.get(table);
        return known != null ? known : tables.computeIfAbsent(table, t -> new Counters());
    }

    private static JobStatus.TableCount countOf(TableId table, Counters counters) {
        return new JobStatus.TableCount(
                table,
                counters.rowsRead.sum(),
                counters.bytesRead.sum(),
                counters.rowsCommitted.sum(),
                counters.bytesCommitted.sum());
    }
}
