package dev.millrace.sink.paimon;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import dev.millrace.model.RowSelection;
import dev.millrace.model.Watermark;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Committer;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.Readable;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.SinkWriter;
import dev.millrace.spi.TableCheckable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.paimon.table.FileStoreTable;

/** A sink on a folder, with its writers and its committer, as a pipeline would drive it. */
final class Lake implements AutoCloseable {
    private static final int ALL = 1_000_000;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Path folder;
    private final String pipelineId;
    private final int writerCount;
    private long bufferBytes = 64 << 20;
    private Optional<Running> running = Optional.empty();

    Lake(Path folder) {
        this(folder, "p-1", 1);
    }

    Lake(Path folder, String pipelineId, int writers) {
        this.folder = folder;
        this.pipelineId = pipelineId;
        this.writerCount = writers;
        settings.put("warehouse", folder.resolve("lake").toString());
    }

    Lake with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    Lake withBuffer(long bytes) {
        bufferBytes = bytes;
        return this;
    }

    Path warehouse() {
        return folder.resolve("lake");
    }

    void create(Schema... schemas) {
        committer()
                .apply(Stream.of(schemas)
                        .<SchemaChange>map(SchemaChange.CreateTable::new)
                        .toList());
    }

    /** Each writer gets the rows that the sink's partitioner gives it. */
    void write(Rows rows) {
        int[] assigned = new int[rows.batch().rows()];
        running().sink.partitioner(rows.batch().schema()).assign(rows.batch(), assigned);
        for (int writer = 0; writer < writerCount; writer++) {
            int[] selected = new int[assigned.length];
            int count = 0;
            for (int row = 0; row < assigned.length; row++) {
                if (assigned[row] == writer) {
                    selected[count++] = row;
                }
            }
            if (count > 0) {
                running().writers.get(writer).write(RowSelection.of(rows.batch(), selected, count));
            }
        }
    }

    void truncate(TableId table) {
        running().writers.forEach(writer -> writer.truncate(table));
    }

    List<Committable> prepare(long checkpoint) {
        List<Committable> all = new ArrayList<>();
        running().writers.forEach(writer -> all.addAll(writer.prepare(checkpoint)));
        return all;
    }

    void commit(long checkpoint, List<Committable> committables) {
        committer().commit(request(checkpoint, committables));
    }

    void checkpoint(long checkpoint) {
        commit(checkpoint, prepare(checkpoint));
    }

    static CommitRequest request(long checkpoint, List<Committable> committables) {
        return new CommitRequest(checkpoint, committables, "0/" + checkpoint, Watermark.NONE, true);
    }

    Committer committer() {
        return running().committer;
    }

    /** The rows of a table as text, one a line, sorted. */
    List<String> rows(Schema schema) {
        return rows(schema, OptionalLong.empty());
    }

    List<String> rows(Schema schema, OptionalLong checkpoint) {
        try (Sink sink = open()) {
            return ((Readable) sink)
                    .rows(schema.table(), ALL, checkpoint).cells().stream()
                            .map(row -> String.join(
                                    "|",
                                    row.stream()
                                            .map(cell -> cell.orElse("NULL"))
                                            .toList()))
                            .sorted()
                            .toList();
        }
    }

    List<Readable.Manifest> manifests() {
        try (Sink sink = open()) {
            return ((Readable) sink).manifests(ALL);
        }
    }

    /** What {@code cdc check} would find. */
    List<Checkable.Finding> check() {
        try (Sink sink = open()) {
            return ((Checkable) sink).check();
        }
    }

    /** What {@code cdc check} would find of tables of these shapes. */
    List<Checkable.Finding> checkTables(Schema... schemas) {
        try (Sink sink = open()) {
            return ((TableCheckable) sink).checkTables(List.of(schemas));
        }
    }

    /** The work that has a thread of its own otherwise. */
    void doMaintenance() throws InterruptedException {
        maintenance().doAll();
    }

    Maintenance maintenance() {
        return ((PaimonCommitter) running().committer).maintenance();
    }

    /** Looks at a table through Paimon's own eyes. */
    <T> T inspect(Schema schema, Function<FileStoreTable, T> question) {
        try (Warehouse warehouse = Warehouse.open(PaimonSettings.read(section()))) {
            return question.apply(warehouse.table(schema.table()));
        }
    }

    /** What somebody else does in the same warehouse. */
    interface Foreign {
        void in(Warehouse warehouse) throws Exception;
    }

    void inWarehouse(Foreign action) {
        try (Warehouse warehouse = Warehouse.open(PaimonSettings.read(section()))) {
            action.in(warehouse);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What remains of a process that was killed: nothing but files. */
    void kill() {
        running = Optional.empty();
    }

    @Override
    public void close() {
        running.ifPresent(open -> {
            open.writers.forEach(SinkWriter::close);
            open.committer.close();
            open.sink.close();
        });
        running = Optional.empty();
    }

    private Running running() {
        if (running.isEmpty()) {
            Sink sink = open();
            List<SinkWriter> writers = new ArrayList<>();
            for (int i = 0; i < writerCount; i++) {
                writers.add(sink.openWriter(i));
            }
            running = Optional.of(new Running(sink, writers, sink.openCommitter()));
        }
        return running.get();
    }

    private ConfigSection section() {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        Place place = new Place("pipeline.yaml", 1, 1);
        settings.forEach((key, value) -> values.put(key, new ConfigValue(value, place, false)));
        return new ConfigSection("sink", place, values);
    }

    private Sink open() {
        return new PaimonSinkFactory()
                .create(
                        section(),
                        new SinkContext(
                                new PipelineIdentity("shop to lake", pipelineId),
                                writerCount,
                                bufferBytes,
                                folder.resolve("spill"),
                                Clock.systemUTC()));
    }

    private record Running(Sink sink, List<SinkWriter> writers, Committer committer) {}
}
