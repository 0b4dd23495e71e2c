package dev.millrace.sink.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.schema.Column;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Committer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes checkpoints visible by naming their files. */
final class JsonlCommitter implements Committer {
    private static final JsonFactory JSON = new JsonFactory();
    private final Folders folders;

    JsonlCommitter(Folders folders) {
        this.folders = folders;
    }

    @Override
    public OptionalLong newestCommitted() {
        return list(folders.commits()).stream()
                .filter(file -> file.toString().endsWith(".commit.json"))
                .mapToLong(Folders::checkpointOf)
                .max();
    }

    @Override
    public void apply(List<SchemaChange> changes) {
        changes.forEach(this::apply);
    }

    private void apply(SchemaChange change) {
        switch (change) {
            case SchemaChange.CreateTable create ->
                write(folders.table(create.table()).resolve("schema.json"), json -> writeSchema(json, create.schema()));
            case SchemaChange.TruncateTable truncate ->
                write(folders.truncation(newestCommitted().orElse(0), truncate.table()), json -> {
                    json.writeStartObject();
                    writeTable(json, truncate.table(), new StagedOutput(true, List.of()));
                    json.writeEndObject();
                });
        }
    }

    @Override
    public void commit(CommitRequest request) {
        Path commit = folders.commit(request.checkpointId());
        if (Files.exists(commit)) {
            return;
        }
        Map<TableId, List<Committable>> tables = request.committables().stream()
                .collect(Collectors.groupingBy(Committable::table, TreeMap::new, Collectors.toList()));
        write(commit, json -> {
            json.writeStartObject();
            json.writeNumberField("checkpoint", request.checkpointId());
            json.writeStringField("sourcePosition", request.sourcePosition());
            json.writeNumberField("completeMicros", request.completeMicros());
            json.writeBooleanField("consistent", request.consistent());
            for (Map.Entry<TableId, List<Committable>> table : tables.entrySet()) {
                writeTable(json, table.getKey(), StagedOutput.of(table.getValue()));
            }
            json.writeEndObject();
        });
    }

    @Override
    public void discardStaged(long afterCheckpoint) {
        for (Path folder : list(folders.root())) {
            for (Path file : list(folder)) {
                String name = file.getFileName().toString();
                boolean unfinished = name.startsWith("." + folders.pipelineId()) && name.endsWith(Folders.UNFINISHED);
                boolean staged = name.endsWith("-" + folders.pipelineId() + ".jsonl");
                if (unfinished || (staged && Folders.checkpointOf(file) > afterCheckpoint)) {
                    delete(file);
                }
            }
        }
    }

    @Override
    public void close() {
        // holds nothing open
    }

    private static void writeSchema(JsonGenerator json, Schema schema) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("columns");
        for (Column column : schema.columns()) {
            json.writeString(column.name());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("key");
        for (int index : schema.key()) {
            json.writeString(schema.columns().get(index).name());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTable(JsonGenerator json, TableId table, StagedOutput output) throws IOException {
        json.writeObjectFieldStart("table " + folders.table(table).getFileName());
        json.writeBooleanField("truncated", output.truncated());
        json.writeArrayFieldStart("files");
        for (String file : output.files()) {
            json.writeString(file);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static void write(Path target, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            content.write(json);
            json.flush();
            DurableFiles.write(target, bytes.toByteArray());
        } catch (IOException e) {
            throw JsonlError.io("write", target, e);
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw JsonlError.io("list", folder, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw JsonlError.io("remove", file, e);
        }
    }
}
