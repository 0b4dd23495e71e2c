package dev.millrace.sink.paimon;

import dev.millrace.model.Watermark;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.Readable.Manifest;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The manifests of a pipeline: one file a checkpoint that names the snapshot of each table which shows the source's state at
 * one position, and {@code latest}, which holds the newest one's path. Both appear whole or not at all, and only after every
 * table shows its snapshot.
 */
final class ConsistencyManifests {
    private static final String SUBFOLDER = "manifests";
    private static final long MICROS_PER_SECOND = 1_000_000;
    private final PipelineFolder folder;
    private final PipelineIdentity pipeline;

    ConsistencyManifests(PipelineFolder folder, PipelineIdentity pipeline) {
        this.folder = folder;
        this.pipeline = pipeline;
    }

    /** @param snapshots each table's snapshot; -1 for a table that has none yet */
    void publish(CommitRequest request, Map<TableId, Long> snapshots, Instant now) {
        folder.create(file(request.checkpointId()), Json.text(asJson(request, snapshots, now)));
        folder.replaceLatest(file(request.checkpointId()));
    }

    /** Checkpoints with a manifest and when it was written, oldest first. */
    SortedMap<Long, Instant> checkpoints() {
        SortedMap<Long, Instant> checkpoints = new TreeMap<>();
        folder.list(SUBFOLDER).forEach((name, written) -> {
            if (name.matches("[0-9]{20}\\.json")) {
                checkpoints.put(Long.parseLong(name.substring(0, name.indexOf('.'))), written);
            }
        });
        return checkpoints;
    }

    /** The newest checkpoint with a manifest now; the smallest number where there is none. */
    long newest() {
        SortedMap<Long, Instant> all = checkpoints();
        return all.isEmpty() ? Long.MIN_VALUE : all.lastKey();
    }

    Optional<Manifest> read(long checkpointId) {
        return folder.read(file(checkpointId)).map(ConsistencyManifests::manifest);
    }

    /** The snapshots that a manifest names, by {@code database.table}; tables without one are left out. */
    Map<String, Long> snapshots(long checkpointId) {
        Map<String, Long> snapshots = new TreeMap<>();
        folder.read(file(checkpointId))
                .map(Json::parse)
                .ifPresent(json -> json.path("tables").fields().forEachRemaining(table -> {
                    if (table.getValue().path("snapshot").isNumber()) {
                        snapshots.put(
                                table.getKey(),
                                table.getValue().path("snapshot").asLong());
                    }
                }));
        return snapshots;
    }

    void delete(long checkpointId) {
        folder.delete(file(checkpointId));
    }

    /** How a manifest names a table. */
    static String key(TableId table) {
        Identifier name = Warehouse.identifier(table);
        return name.getDatabaseName() + "." + name.getObjectName();
    }

    private ObjectNode asJson(CommitRequest request, Map<TableId, Long> snapshots, Instant now) {
        ObjectNode json = Json.object();
        json.put("pipeline", pipeline.name());
        json.put("pipelineId", pipeline.id());
        json.put("checkpoint", request.checkpointId());
        json.put("state", request.consistent() ? "consistent" : "initial-load");
        json.put("sourcePosition", request.sourcePosition());
        if (request.completeMicros() == Watermark.NONE) {
            json.putNull("completeUpTo");
        } else {
            json.put("completeUpTo", instant(request.completeMicros()).toString());
        }
        json.put("publishedAt", now.toString());
        ObjectNode tables = json.putObject("tables");
        snapshots.forEach((table, snapshot) -> {
            ObjectNode entry = tables.putObject(key(table));
            entry.put("database", Warehouse.identifier(table).getDatabaseName());
            entry.put("table", Warehouse.identifier(table).getObjectName());
            if (snapshot < 0) {
                entry.putNull("snapshot");
            } else {
                entry.put("snapshot", snapshot);
            }
        });
        return json;
    }

    private static Manifest manifest(String text) {
        JsonNode json = Json.parse(text);
        JsonNode complete = json.path("completeUpTo");
        return new Manifest(
                json.path("checkpoint").asLong(),
                json.path("sourcePosition").asText(),
                complete.isTextual() ? micros(Instant.parse(complete.asText())) : Watermark.NONE,
                json.path("state").asText().equals("consistent"),
                text);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / 1000;
    }

    private static String file(long checkpointId) {
        return String.format(Locale.ROOT, "%s/%020d.json", SUBFOLDER, checkpointId);
    }
}
