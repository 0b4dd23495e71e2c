package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Committer;
import dev.millrace.spi.SinkContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves all tables from one checkpoint to the next. Each table's snapshot carries the checkpoint's id, so that a commit that
 * is repeated finds what it has done; when all tables show the checkpoint its manifest is published.
 */
final class PaimonCommitter implements Committer {
    private static final Logger LOG = LoggerFactory.getLogger(PaimonCommitter.class);
    /** Snapshots are looked at for expiration each time that so many manifests have gone. */
    private static final int MANIFESTS_BETWEEN_EXPIRATIONS = 10;

    private final Warehouse warehouse;
    private final Signature signature;
    private final SinkContext context;
    private final TableCreation creation;
    private final PipelineFolder folder;
    private final KnownTables known;
    private final ConsistencyManifests manifests;
    private final ManifestRetention retention;
    private final Maintenance maintenance;
    private final Leftovers leftovers;
    private final LostSnapshots lost = new LostSnapshots();
    private final Map<TableId, CommitTarget> targets = new TreeMap<>();
    private Optional<MaintenanceThread> thread = Optional.empty();
    private long expiredBefore;

    PaimonCommitter(Warehouse warehouse, PaimonSettings settings, SinkContext context, Leftovers leftovers) {
        this.warehouse = warehouse;
        this.leftovers = leftovers;
        this.signature = Signature.of(settings, context.pipeline());
        this.context = context;
        this.creation = new TableCreation(warehouse, settings, context.pipeline());
        this.folder = new PipelineFolder(warehouse, context.pipeline());
        this.known = new KnownTables(folder);
        this.manifests = new ConsistencyManifests(folder, context.pipeline());
        this.retention = new ManifestRetention(manifests, settings.tableOptions());
        this.maintenance = new Maintenance(
                signature, context.spillFolder().resolve("compaction").toString());
        this.expiredBefore = Math.max(0, retention.oldest());
        Map<String, Long> named = manifests.snapshots(retention.newest());
        for (TableId table : known.all()) {
            Optional<CommitTarget> target = warehouse.find(table).map(found -> new CommitTarget(found, signature));
            target.ifPresent(found -> targets.put(table, found));
            lost.compare(
                    table,
                    named.getOrDefault(ConsistencyManifests.key(table), CommitTarget.NO_SNAPSHOT),
                    target.map(CommitTarget::snapshot).orElse(CommitTarget.NO_SNAPSHOT));
        }
    }

    @Override
    public OptionalLong newestCommitted() {
        long newest = targets.values().stream()
                .map(CommitTarget::newestCommitted)
                .flatMapToLong(OptionalLong::stream)
                .max()
                .orElse(Long.MIN_VALUE);
        newest = Math.max(newest, retention.newest());
        return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
    }

    @Override
    public void apply(List<SchemaChange> changes) {
        for (SchemaChange change : changes) {
            switch (change) {
                case SchemaChange.CreateTable create -> create(create.schema());
                case SchemaChange.TruncateTable truncate -> {
                    target(truncate.table()).truncate();
                    lost.begunAnew(truncate.table());
                }
            }
        }
        known.save();
        warehouse.sync();
    }

    @Override
    public void commit(CommitRequest request) {
        Map<TableId, List<StagedOutput>> staged = new LinkedHashMap<>();
        for (Committable committable : request.committables()) {
            staged.computeIfAbsent(committable.table(), table -> new ArrayList<>())
                    .add(StagedOutput.deserialize(committable.content()));
        }
        lost.refuse(staged.keySet());
        boolean shownBefore = false;
        for (Map.Entry<TableId, List<StagedOutput>> outputs : staged.entrySet()) {
            shownBefore |= !commit(request, outputs.getKey(), outputs.getValue());
        }
        if (!isPublished(request, shownBefore)) {
            publish(request);
        }
        warehouse.sync();
        leftovers.committed(request.checkpointId());
    }

    @Override
    public void discardStaged(long afterCheckpoint) {
        if (folder.read(PipelineFolder.RUNNING).isPresent()) {
            targets.values().forEach(this::removeOrphans);
        }
        folder.create(PipelineFolder.RUNNING, "since " + context.clock().instant() + "\n");
        leftovers.marked();
        if (thread.isEmpty()) {
            thread = Optional.of(MaintenanceThread.start(maintenance));
        }
    }

    @Override
    public void close() {
        if (thread.isPresent() && !thread.get().stop()) {
            leftovers.certain();
        }
        maintenance.close();
        warehouse.close();
    }

    /** For tests: the work that a thread of its own does otherwise. */
    Maintenance maintenance() {
        return maintenance;
    }

    /** Whether the table did not show the checkpoint before. */
    private boolean commit(CommitRequest request, TableId table, List<StagedOutput> outputs) {
        CommitTarget target = target(table);
        boolean committed = target.commit(request, outputs);
        if (committed && !target.table().coreOptions().writeOnly()) {
            int files = outputs.stream()
                    .flatMap(output -> output.messages().stream())
                    .mapToInt(message -> ((CommitMessageImpl) message)
                            .newFilesIncrement()
                            .newFiles()
                            .size())
                    .sum();
            maintenance.filesAdded(table, target.table(), files, !request.consistent());
        }
        return committed;
    }

    /** @param shownBefore another run may have taken over while this one was suspended, and published what came after */
    private boolean isPublished(CommitRequest request, boolean shownBefore) {
        return retention.newest() >= request.checkpointId()
                || shownBefore && manifests.newest() >= request.checkpointId();
    }

    private void publish(CommitRequest request) {
        Map<TableId, Long> snapshots = new LinkedHashMap<>();
        targets.forEach((table, target) -> snapshots.put(
                table,
                Math.max(target.snapshot(), maintenance.mergedSnapshot(table).orElse(target.snapshot()))));
        lost.keepNamed(snapshots);
        manifests.publish(request, snapshots, context.clock().instant());
        retention.published(request.checkpointId(), context.clock().instant());
        if (retention.oldest() - expiredBefore >= MANIFESTS_BETWEEN_EXPIRATIONS) {
            expiredBefore = retention.oldest();
            expireSnapshots();
        }
    }

    private void expireSnapshots() {
        Map<String, Long> named = retention.oldestSnapshots();
        targets.forEach((table, target) -> {
            Long oldest = named.get(ConsistencyManifests.key(table));
            if (oldest != null) {
                maintenance.noLongerNamed(target.table(), oldest);
            }
        });
    }

    private void removeOrphans(CommitTarget target) {
        try {
            int removed = new OrphanFiles(target.table(), signature).remove();
            if (removed > 0) {
                LOG.info(
                        "Removed {} files that an earlier run left in {}",
                        removed,
                        target.table().fullName());
            }
        } catch (IOException | RuntimeException e) {
            throw Failure.during(
                    "removing what an earlier run left in " + target.table().fullName(), e);
        }
    }

    private void create(Schema schema) {
        FileStoreTable table = creation.createOrCheck(schema);
        if (!known.contains(schema.table())) {
            creation.refuseRowsOfOthers(table, schema);
            known.add(schema.table());
        }
        targets.computeIfAbsent(schema.table(), id -> new CommitTarget(table, signature));
        lost.captured(schema.table());
    }

    private CommitTarget target(TableId table) {
        CommitTarget target = targets.get(table);
        if (target == null) {
            throw new MillraceException(
                    PaimonError.NOT_FOUND,
                    "The table " + Warehouse.identifier(table).getFullName() + " is not in the warehouse "
                            + warehouse.root() + ", or was not made by this pipeline.",
                    "If it was removed by hand: 'cdc drop', remove the pipeline's other tables, too, and start anew.");
        }
        return target;
    }
}
