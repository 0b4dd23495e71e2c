package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Committer;
import dev.millrace.spi.SinkContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.paimon.table.FileStoreTable;

/**
 * Moves all tables from one checkpoint to the next. Each table's snapshot carries the checkpoint's id, so that a commit that
 * is repeated finds what it has done; when all tables show the checkpoint its manifest is published.
 */
final class PaimonCommitter implements Committer {
    private final Warehouse warehouse;
    private final Signature signature;
    private final SinkContext context;
    private final TableCreation creation;
    private final KnownTables known;
    private final ConsistencyManifests manifests;
    private final Map<TableId, CommitTarget> targets = new TreeMap<>();

    PaimonCommitter(Warehouse warehouse, PaimonSettings settings, SinkContext context) {
        this.warehouse = warehouse;
        this.signature = Signature.of(settings, context.pipeline());
        this.context = context;
        this.creation = new TableCreation(warehouse, settings);
        PipelineFolder folder =
                new PipelineFolder(warehouse.files(), warehouse.root(), context.pipeline().name());
        this.known = new KnownTables(folder, context.pipeline().id());
        this.manifests = new ConsistencyManifests(folder, context.pipeline());
        known.all().forEach(table -> warehouse.find(table)
                .ifPresent(found -> targets.put(table, new CommitTarget(found, signature))));
    }

    @Override
    public OptionalLong newestCommitted() {
        return LongStream.concat(
                        targets.values().stream()
                                .map(CommitTarget::newestCommitted)
                                .flatMapToLong(OptionalLong::stream),
                        manifests.newest().stream())
                .max();
    }

    @Override
    public void apply(SchemaChange change) {
        switch (change) {
            case SchemaChange.CreateTable create -> create(create.schema());
            case SchemaChange.TruncateTable truncate -> target(truncate.table()).truncate();
        }
    }

    @Override
    public void commit(CommitRequest request) {
        Map<TableId, List<StagedOutput>> staged = new LinkedHashMap<>();
        for (Committable committable : request.committables()) {
            staged.computeIfAbsent(committable.table(), table -> new ArrayList<>())
                    .add(StagedOutput.deserialize(committable.content()));
        }
        staged.forEach((table, outputs) -> target(table).commit(request, outputs));
        if (manifests.newest().orElse(Long.MIN_VALUE) < request.checkpointId()) {
            Map<TableId, Long> snapshots = new LinkedHashMap<>();
            targets.forEach((table, target) -> snapshots.put(table, target.snapshot()));
            manifests.publish(request, snapshots, context.clock().instant());
        }
    }

    @Override
    public void discardStaged(long afterCheckpoint) {
        // see OrphanFiles
    }

    @Override
    public void close() {
        warehouse.close();
    }

    private void create(Schema schema) {
        FileStoreTable table = creation.createOrCheck(schema);
        if (!known.contains(schema.table())) {
            if (table.snapshotManager().latestSnapshotId() != null) {
                throw new MillraceException(
                        PaimonError.EXISTING_TABLE,
                        "The table " + table.fullName() + " was written before, by something else than this pipeline;"
                                + " its rows would be mixed with those of " + schema.table() + ".",
                        "Drop the Paimon table, or route " + schema.table() + " to another name.");
            }
            known.add(schema.table());
        }
        targets.computeIfAbsent(schema.table(), id -> new CommitTarget(table, signature));
    }

    private CommitTarget target(TableId table) {
        CommitTarget target = targets.get(table);
        if (target == null) {
            throw new MillraceException(
                    PaimonError.NOT_FOUND,
                    "The table " + Warehouse.identifier(table) + " is not in the warehouse " + warehouse.root()
                            + ", or was not made by this pipeline.",
                    "If it was removed by hand, drop the pipeline and start anew.");
        }
        return target;
    }
}
