package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/** The tables that this pipeline has made or taken over, kept in its folder: the warehouse may hold thousands of others. */
final class KnownTables {
    private static final String FILE = "tables.json";
    private final PipelineFolder folder;
    private final SortedSet<TableId> tables = new TreeSet<>();
    private boolean unsaved;

    KnownTables(PipelineFolder folder) {
        this.folder = folder;
        folder.read(FILE).map(Json::parse).ifPresent(this::restore);
    }

    SortedSet<TableId> all() {
        return tables;
    }

    boolean contains(TableId table) {
        return tables.contains(table);
    }

    void add(TableId table) {
        unsaved |= tables.add(table);
    }

    /** Remembers what was added, before anything is written to it. */
    void save() {
        if (unsaved) {
            folder.replace(FILE, Json.text(asJson()));
            unsaved = false;
        }
    }

    private void restore(JsonNode json) {
        if (!json.path("tables").isArray()) {
            throw new MillraceException(
                    PaimonError.OUT_OF_STEP,
                    folder.path(FILE) + " is not the list of tables that the pipeline has written.",
                    "Restore the file, or drop the pipeline ('cdc drop'), remove its tables from the sink and start anew.");
        }
        json.path("tables")
                .forEach(table -> tables.add(new TableId(
                        table.path("database").asText(),
                        table.path("schema").asText(),
                        table.path("name").asText())));
    }

    private ObjectNode asJson() {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("tables");
        tables.forEach(table -> list.addObject()
                .put("database", table.database())
                .put("schema", table.schema())
                .put("name", table.name()));
        return json;
    }
}
