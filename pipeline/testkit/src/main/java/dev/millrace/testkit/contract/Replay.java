package dev.millrace.testkit.contract;

import dev.millrace.model.Barrier;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.SchemaChanged;
import dev.millrace.model.StreamElement;
import dev.millrace.model.Watermark;
import dev.millrace.schema.Column;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.testkit.CellText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Applies what a source emits to tables of text, so that they can be compared with the source's own. */
final class Replay {
    private final Map<TableId, List<List<String>>> tables = new TreeMap<>();
    private final Set<TableId> announced = new HashSet<>();
    private int elements;

    Replay() {}

    /** The same tables, from here on apart. */
    Replay copy() {
        Replay copy = new Replay();
        tables.forEach((table, rows) -> copy.tables.put(table, new ArrayList<>(rows)));
        copy.announced.addAll(announced);
        return copy;
    }

    /** Rows of all tables that have any, sorted. */
    Map<TableId, List<String>> content() {
        Map<TableId, List<String>> content = new TreeMap<>();
        tables.forEach((table, rows) -> {
            if (!rows.isEmpty()) {
                content.put(table, rows.stream().map(List::toString).sorted().toList());
            }
        });
        return content;
    }

    /** How many batches and changes of tables were emitted. */
    int elements() {
        return elements;
    }

    void open(List<SchemaChange> changes) {
        changes.forEach(this::apply);
    }

    void apply(StreamElement element) {
        switch (element) {
            case ChangeBatch batch -> apply(batch);
            case SchemaChanged changed -> {
                elements++;
                apply(changed.change());
            }
            case Watermark watermark -> {}
            case Barrier barrier -> throw new AssertionError("a source emitted a barrier");
        }
    }

    private void apply(SchemaChange change) {
        switch (change) {
            case SchemaChange.CreateTable create -> announced.add(create.table());
            case SchemaChange.TruncateTable truncate -> tables.remove(truncate.table());
        }
    }

    private void apply(ChangeBatch batch) {
        elements++;
        TableId table = batch.schema().table();
        if (!announced.contains(table)) {
            throw new AssertionError("rows of " + table + ", which was not announced");
        }
        List<List<String>> rows = tables.computeIfAbsent(table, t -> new ArrayList<>());
        for (int row = 0; row < batch.rows(); row++) {
            apply(batch, row, rows);
        }
    }

    private static void apply(ChangeBatch batch, int row, List<List<String>> rows) {
        Schema schema = batch.schema();
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < batch.columns().size(); i++) {
            Column column = schema.columns().get(i);
            cells.add(CellText.of(column.type(), batch.column(i), row));
        }
        int before = find(schema, rows, cells);
        switch (batch.operation(row)) {
            case INSERT -> {
                if (schema.hasKey() && before >= 0) {
                    throw new AssertionError("inserted twice: " + cells + " into " + schema.table());
                }
                rows.add(cells);
            }
            case UPDATE_AFTER -> {
                if (before >= 0 && schema.hasKey()) {
                    complete(cells, rows.remove(before));
                }
                rows.add(cells);
            }
            case UPDATE_BEFORE -> {
                if (before >= 0 && !schema.hasKey()) {
                    rows.remove(before);
                }
            }
            case DELETE -> {
                if (before < 0) {
                    throw new AssertionError("deleted but not there: " + cells + " of " + schema.table());
                }
                rows.remove(before);
            }
        }
    }

    /** The row with the same key, or, without a key, an equal one; -1 if none. */
    private static int find(Schema schema, List<List<String>> rows, List<String> cells) {
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            boolean same = schema.hasKey()
                    ? schema.key().stream().allMatch(k -> row.get(k).equals(cells.get(k)))
                    : row.equals(cells);
            if (same) {
                return i;
            }
        }
        return -1;
    }

    private static void complete(List<String> cells, List<String> before) {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).equals("unchanged")) {
                cells.set(i, before.get(i));
            }
        }
    }
}
