package dev.millrace.runtime.task;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which tables the sink has for this pipeline, and whose rows they hold. Immutable. */
final class SinkTables {
    private final UnaryOperator<TableId> route;
    private final Map<TableId, Set<TableId>> sources = new HashMap<>();
    private final Map<TableId, TableId> targets = new TreeMap<>();

    /** @param opening the source's opening changes, under the source's names */
    SinkTables(List<SchemaChange> opening, UnaryOperator<TableId> route) {
        this.route = route;
        for (SchemaChange change : opening) {
            if (change instanceof SchemaChange.CreateTable create) {
                TableId target = route.apply(create.table());
                targets.put(create.table(), target);
                sources.computeIfAbsent(target, table -> new HashSet<>()).add(create.table());
            }
        }
    }

    /** The source's tables, each with its table in the sink. */
    Map<TableId, TableId> targets() {
        return targets;
    }

    /**
     * Looks whether every table goes where its rows went before. Tables that are new, or that were taken out since, may go anywhere.
     *
     * @param before the targets of the checkpoint that the job goes on from
     */
    void requireSame(Map<TableId, TableId> before) {
        List<String> moved = targets.entrySet().stream()
                .filter(now -> !now.getValue().equals(before.getOrDefault(now.getKey(), now.getValue())))
                .map(now -> now.getKey() + " went into " + before.get(now.getKey()) + " and would go into "
                        + now.getValue() + " now")
                .toList();
        if (!moved.isEmpty()) {
            throw new MillraceException(
                    RuntimeCode.STATE_OF_OTHER,
                    "The state was written under other routes: " + String.join("; ", moved)
                            + ". Rows that were copied already would be missing there.",
                    "Change the routes back. To copy a table anew into another one, take it out of the source's tables for"
                            + " one run, then put it in again with its new route; or give the pipeline a state of its own.");
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
        return nameOfEmptied(sourceTable, Set.of(sourceTable));
    }

    private TableId nameOfEmptied(TableId sourceTable, Set<TableId> together) {
        TableId table = nameOf(sourceTable);
        if (!together.containsAll(sources.getOrDefault(table, Set.of()))) {
            throw new MillraceException(
                    RuntimeCode.TRUNCATE_OF_SHARED,
                    "The rows of " + sourceTable + " are to be removed, but its table in the sink, " + table
                            + ", also holds rows of other tables.",
                    "Route the table to a table of its own, or empty the sink's table and start anew.");
        }
        return table;
    }

    /**
     * Looks whether each of these tables has its table in the sink for itself: to begin it anew, that has to be emptied.
     *
     * @throws MillraceException where one has not
     */
    void refuseToShare(Set<TableId> readInOnePiece) {
        for (TableId table : new TreeSet<>(readInOnePiece)) {
            TableId target = nameOf(table);
            Set<TableId> sharing = new TreeSet<>(sources.getOrDefault(target, Set.of()));
            sharing.remove(table);
            if (!sharing.isEmpty()) {
                throw new MillraceException(
                        RuntimeCode.SHARED_IN_ONE_PIECE,
                        "The table " + table + " is to share " + target + " with "
                                + sharing.stream().map(TableId::toString).collect(Collectors.joining(", "))
                                + ". It is large and no key that grows divides it, so that its first copy, once it is broken"
                                + " off, has to begin anew, which would remove the rows of the others.",
                        "Route it to a table of its own. Where its rows are in " + target
                                + " already, 'cdc drop', remove that table, and start anew.");
            }
        }
    }

    /** The source's opening changes under the sink's names; tables that begin anew together are emptied once. */
    List<SchemaChange> routed(List<SchemaChange> changes) {
        Set<TableId> truncated = changes.stream()
                .filter(SchemaChange.TruncateTable.class::isInstance)
                .map(SchemaChange::table)
                .collect(Collectors.toSet());
        Set<SchemaChange> routed = new LinkedHashSet<>();
        for (SchemaChange change : changes) {
            routed.add(
                    switch (change) {
                        case SchemaChange.CreateTable create ->
                            new SchemaChange.CreateTable(create.schema().withTable(nameOf(create.table())));
                        case SchemaChange.TruncateTable truncate ->
                            new SchemaChange.TruncateTable(nameOfEmptied(truncate.table(), truncated));
                    });
        }
        return List.copyOf(routed);
    }
}
