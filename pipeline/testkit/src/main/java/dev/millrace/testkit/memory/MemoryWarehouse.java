package dev.millrace.testkit.memory;

import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A warehouse that outlives the jobs that write to it. What was staged and what was committed stays; each table remembers
 * the newest checkpoint that it shows, and a manifest names the state of all tables that belongs together. Used by any thread: its
 * lock guards all that it holds.
 */
public final class MemoryWarehouse {
    /** A state that readers of the sink could see. */
    public record Visible(CommitRequest checkpoint, String state) {}

    /** What a writer left for one table: whether all earlier rows go first, and what comes then. */
    record Staged(
            PipelineIdentity pipeline, long checkpointId, TableId table, boolean truncated, List<Change> changes) {}

    private static final class Table {
        final TableContent content;
        long newestCommitted;

        Table(Schema schema) {
            content = new TableContent(schema);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<TableId, Table> tables = new TreeMap<>();
    private final Map<String, Staged> staged = new HashMap<>();
    private final List<Visible> visible = new ArrayList<>();
    private final Consumer<String> beforeEachChange;
    private int stagedCount;

    /** @param beforeEachChange called before anything in the warehouse changes, with what is about to; may throw */
    public MemoryWarehouse(Consumer<String> beforeEachChange) {
        this.beforeEachChange = beforeEachChange;
    }

    public Sink sink(SinkContext context) {
        return new MemorySink(this, context);
    }

    /** Every state that readers could ever see, in order. */
    public List<Visible> visible() {
        return alone(() -> List.copyOf(visible));
    }

    void create(Schema schema) {
        alone(() -> {
            if (!tables.containsKey(schema.table())) {
                beforeEachChange.accept("create " + schema.table());
                tables.put(schema.table(), new Table(schema));
            }
        });
    }

    void truncate(TableId table) {
        alone(() -> {
            beforeEachChange.accept("truncate " + table);
            table(table).content.clear();
        });
    }

    String stage(Staged rows) {
        return alone(() -> {
            if (!tables.containsKey(rows.table)) {
                throw new IllegalStateException("rows before their table: " + rows.table);
            }
            beforeEachChange.accept("stage " + rows.table);
            String name = "staged-" + stagedCount++;
            staged.put(name, rows);
            return name;
        });
    }

    /**
     * Makes every table forget which checkpoint it shows: a planted fault, after which a commit that is repeated shows twice.
     */
    public void forgetCheckpoints() {
        alone(() -> tables.values().forEach(table -> table.newestCommitted = 0));
    }

    /** Commits what was staged for one table, unless the table shows this checkpoint already. */
    void commit(long checkpointId, TableId name, List<String> stagedNames) {
        alone(() -> {
            Table table = table(name);
            if (table.newestCommitted >= checkpointId) {
                return;
            }
            beforeEachChange.accept("commit " + name);
            List<Staged> parts = stagedNames.stream().map(this::stagedNamed).toList();
            if (parts.stream().anyMatch(Staged::truncated)) {
                table.content.clear();
            }
            parts.forEach(part -> part.changes.forEach(table.content::apply));
            table.newestCommitted = checkpointId;
        });
    }

    void publish(CommitRequest checkpoint) {
        alone(() -> {
            if (newestPublished() >= checkpoint.checkpointId()) {
                return;
            }
            beforeEachChange.accept("publish " + checkpoint.checkpointId());
            Map<TableId, TableContent> contents = new TreeMap<>();
            tables.forEach((name, table) -> contents.put(name, table.content));
            visible.add(new Visible(checkpoint, Changelog.textOf(contents)));
        });
    }

    OptionalLong newestCommitted() {
        return alone(() -> {
            long newest = tables.values().stream()
                    .mapToLong(table -> table.newestCommitted)
                    .max()
                    .orElse(0);
            long known = Math.max(newest, newestPublished());
            return known == 0 ? OptionalLong.empty() : OptionalLong.of(known);
        });
    }

    void discard(PipelineIdentity pipeline, long afterCheckpoint) {
        alone(() -> {
            beforeEachChange.accept("discard after " + afterCheckpoint);
            staged.values().forEach(rows -> requireNotCommitted(pipeline, rows, afterCheckpoint));
            staged.values()
                    .removeIf(rows -> rows.pipeline.id().equals(pipeline.id()) && rows.checkpointId > afterCheckpoint);
        });
    }

    private void alone(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private long newestPublished() {
        return visible.isEmpty() ? 0 : visible.getLast().checkpoint.checkpointId();
    }

    /** In other sinks what was staged is what is shown: to remove it would do harm. */
    private void requireNotCommitted(PipelineIdentity pipeline, Staged rows, long afterCheckpoint) {
        if (rows.pipeline.id().equals(pipeline.id())
                && rows.checkpointId > afterCheckpoint
                && rows.checkpointId <= table(rows.table).newestCommitted) {
            throw new IllegalStateException("checkpoint " + rows.checkpointId + " is committed and would be discarded");
        }
    }

    private Table table(TableId name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalStateException("there is no table " + name);
        }
        return table;
    }

    private Staged stagedNamed(String name) {
        Staged rows = staged.get(name);
        if (rows == null) {
            throw new IllegalStateException(name + " is gone");
        }
        return rows;
    }
}
