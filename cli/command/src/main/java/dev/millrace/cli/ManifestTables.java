package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.schema.TableId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The tables that a manifest names: the entries of its {@code tables}, each with {@code database} and {@code table}. */
final class ManifestTables {
    private ManifestTables() {}

    /** Empty where the manifest has another shape. */
    static List<TableId> of(String json) {
        List<TableId> tables = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("tables");
                if (parser.nextToken() == JsonToken.START_OBJECT && wanted) {
                    readTables(parser, tables);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return tables;
    }

    private static void readTables(JsonParser parser, List<TableId> tables) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String database = "";
            String table = "";
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "database" -> database = parser.getText();
                    case "table" -> table = parser.getText();
                    default -> parser.skipChildren();
                }
            }
            if (!database.isEmpty() && !table.isEmpty()) {
                tables.add(TableId.of(database, table));
            }
        }
    }
}
