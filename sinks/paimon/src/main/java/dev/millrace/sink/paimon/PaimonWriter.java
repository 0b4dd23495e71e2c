package dev.millrace.sink.paimon;

import dev.millrace.model.RowSelection;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Committable;
import dev.millrace.spi.SinkWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers rows of all tables within one budget and writes them into data files: a table's when its rows have become many,
 * the largest table's when all rows together are too many, and everything at a barrier.
 */
final class PaimonWriter implements SinkWriter {
    /** More than this of one table makes files of a good size; waiting longer only costs memory. */
    private static final long TABLE_BYTES = 64L << 20;

    private final Warehouse warehouse;
    private final Signature signature;
    private final ConsistencyManifests manifests;
    private final long budget;
    private final Leftovers leftovers;
    private final Map<TableId, TableStage> stages = new LinkedHashMap<>();
    /** Tables that were emptied before any row of them came here. */
    private final Set<TableId> truncatedUnseen = new LinkedHashSet<>();

    private final DictionaryChoice dictionaries = new DictionaryChoice();
    private long buffered;

    /** @param budget bytes of rows that may wait */
    PaimonWriter(
            Warehouse warehouse,
            Signature signature,
            ConsistencyManifests manifests,
            long budget,
            Leftovers leftovers) {
        this.warehouse = warehouse;
        this.signature = signature;
        this.manifests = manifests;
        this.budget = budget;
        this.leftovers = leftovers;
    }

    @Override
    public void write(RowSelection rows) {
        TableStage stage = stage(rows);
        buffered -= stage.bufferedBytes();
        stage.add(rows);
        buffered += stage.bufferedBytes();
        if (stage.bufferedBytes() >= Math.min(TABLE_BYTES, budget)) {
            flush(stage);
        }
        while (buffered > budget) {
            flush(largest());
        }
    }

    @Override
    public void truncate(TableId table) {
        TableStage stage = stages.get(table);
        if (stage == null) {
            truncatedUnseen.add(table);
        } else {
            buffered -= stage.bufferedBytes();
            stage.truncate();
            buffered += stage.bufferedBytes();
        }
    }

    @Override
    public List<Committable> prepare(long checkpointId) {
        List<Committable> committables = new ArrayList<>();
        if (stages.values().stream().anyMatch(TableStage::hasOutput)) {
            leftovers.staged(checkpointId);
        }
        truncatedUnseen.forEach(table ->
                committables.add(new Committable(table, new StagedOutput(true, List.of()).serialize())));
        truncatedUnseen.clear();
        stages.forEach((table, stage) -> {
            if (stage.hasOutput()) {
                flush(stage);
                committables.add(
                        new Committable(table, stage.prepare(checkpointId).serialize()));
            }
        });
        warehouse.sync();
        return committables;
    }

    @Override
    public void close() {
        stages.values().forEach(TableStage::discard);
        warehouse.close();
    }

    private TableStage stage(RowSelection rows) {
        Schema schema = rows.batch().schema();
        TableStage stage = stages.get(schema.table());
        if (stage == null || !stage.accepts(rows)) {
            if (stage != null && stage.hasOutput()) {
                throw new IllegalStateException(
                        "rows of " + schema.table() + " of two shapes without a barrier between them");
            }
            stage = open(schema);
            stages.put(schema.table(), stage);
            if (truncatedUnseen.remove(schema.table())) {
                stage.truncate();
            }
            buffered += stage.bufferedBytes();
        }
        return stage;
    }

    private TableStage open(Schema schema) {
        try {
            return new TableStage(
                    TargetTable.open(warehouse.table(schema.table()), schema, signature, manifests), dictionaries);
        } catch (RuntimeException e) {
            throw Failure.during("opening the table " + schema.table() + " for writing", e);
        }
    }

    private void flush(TableStage stage) {
        buffered -= stage.bufferedBytes();
        try {
            stage.flush();
        } catch (Exception e) {
            throw Failure.during("writing rows of " + stage.name(), e);
        } finally {
            buffered += stage.bufferedBytes();
        }
    }

    private TableStage largest() {
        return stages.values().stream()
                .max(Comparator.comparingLong(TableStage::bufferedBytes))
                .orElseThrow();
    }
}
