package dev.millrace.runtime.task;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Which tables the sink has for this pipeline, and whose rows they hold. Immutable. */
final class SinkTables {
    private final UnaryOperator<TableId> route;
    private final Map<TableId, Set<TableId>> sources = new HashMap<>();

    /** @param opening the source's opening changes, under the source's names */
    SinkTables(List<SchemaChange> opening, UnaryOperator<TableId> route) {
        this.route = route;
        for (SchemaChange change : opening) {
            if (change instanceof SchemaChange.CreateTable create) {
                sources.computeIfAbsent(route.apply(create.table()), table -> new HashSet<>())
                        .add(create.table());
            }
        }
    }

    /** The name of a source's table in the sink. */
    TableId nameOf(TableId sourceTable) {
        TableId table = route.apply(sourceTable);
        if (!sources.containsKey(table)) {
            throw new MillraceException(
                    RuntimeCode.INTERNAL,
                    "The source sent changes of " + sourceTable + ", which it did not announce.",
                    "This is a defect of the source; please report it.");
        }
        return table;
    }

    /** The name in the sink of a source's table that is to be emptied. */
    TableId nameOfTruncated(TableId sourceTable) {
        TableId table = nameOf(sourceTable);
        if (sources.getOrDefault(table, Set.of()).size() > 1) {
            throw new MillraceException(
                    RuntimeCode.TRUNCATE_OF_SHARED,
                    "The rows of " + sourceTable + " are to be removed, but its table in the sink, " + table
                            + ", also holds rows of other tables.",
                    "Route the table to a table of its own, or empty the sink's table and start anew.");
        }
        return table;
    }

    /** The same changes under the sink's names. */
    List<SchemaChange> routed(List<SchemaChange> changes) {
        List<SchemaChange> routed = new ArrayList<>();
        for (SchemaChange change : changes) {
            routed.add(
                    switch (change) {
                        case SchemaChange.CreateTable create ->
                            new SchemaChange.CreateTable(create.schema().withTable(nameOf(create.table())));
                        case SchemaChange.TruncateTable truncate ->
                            new SchemaChange.TruncateTable(nameOfTruncated(truncate.table()));
                    });
        }
        return routed;
    }
}
