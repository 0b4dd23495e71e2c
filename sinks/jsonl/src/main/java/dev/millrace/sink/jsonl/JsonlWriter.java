package dev.millrace.sink.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.RowSelection;
import dev.millrace.schema.Column;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Committable;
import dev.millrace.spi.SinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Appends each table's rows to a file of its own, one JSON object a line: the operation, and the cells that the source sent. */
final class JsonlWriter implements SinkWriter {
    private static final JsonFactory JSON = JsonFactory.builder().build().setRootValueSeparator("\n");

    private final Folders folders;
    private final int index;
    private final Map<TableId, JsonGenerator> open = new TreeMap<>();
    private final Set<TableId> truncated = new HashSet<>();

    JsonlWriter(Folders folders, int index) {
        this.folders = folders;
        this.index = index;
    }

    @Override
    public void write(RowSelection rows) {
        ChangeBatch batch = rows.batch();
        TableId table = batch.schema().table();
        try {
            JsonGenerator json = open.containsKey(table) ? open.get(table) : begin(table);
            for (int i = 0; i < rows.count(); i++) {
                writeRow(json, batch, rows.row(i));
            }
        } catch (IOException e) {
            throw JsonlError.io("write to", folders.unfinished(table, index), e);
        }
    }

    @Override
    public void truncate(TableId table) {
        truncated.add(table);
        try {
            JsonGenerator written = open.remove(table);
            if (written != null) {
                written.close();
            }
        } catch (IOException e) {
            throw JsonlError.io("close", folders.unfinished(table, index), e);
        }
    }

    @Override
    public List<Committable> prepare(long checkpointId) {
        List<Committable> committables = new ArrayList<>();
        truncated.forEach(table -> committables.add(StagedOutput.truncation(table)));
        open.forEach((table, json) -> committables.add(stage(checkpointId, table, json)));
        truncated.clear();
        open.clear();
        return committables;
    }

    @Override
    public void close() {
        for (JsonGenerator json : open.values()) {
            try {
                json.close();
            } catch (IOException e) {
                throw JsonlError.io("close files in", folders.root(), e);
            }
        }
    }

    private JsonGenerator begin(TableId table) throws IOException {
        JsonGenerator json = JSON.createGenerator(Files.newBufferedWriter(folders.unfinished(table, index)));
        open.put(table, json);
        return json;
    }

    private Committable stage(long checkpointId, TableId table, JsonGenerator json) {
        Path unfinished = folders.unfinished(table, index);
        Path staged = folders.staged(table, checkpointId, index);
        try {
            json.writeRaw('\n');
            json.close();
            DurableFiles.forceAndRename(unfinished, staged);
        } catch (IOException e) {
            throw JsonlError.io("stage", staged, e);
        }
        return StagedOutput.file(table, staged.getFileName().toString());
    }

    private static void writeRow(JsonGenerator json, ChangeBatch batch, int row) throws IOException {
        json.writeStartObject();
        json.writeStringField("op", batch.operation(row).name().toLowerCase(Locale.ROOT));
        json.writeObjectFieldStart("row");
        for (int i = 0; i < batch.columns().size(); i++) {
            Column column = batch.schema().columns().get(i);
            ColumnVector cells = batch.column(i);
            if (!cells.isUnchanged(row)) {
                json.writeFieldName(column.name());
                JsonCells.write(json, column.type(), cells, row);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
