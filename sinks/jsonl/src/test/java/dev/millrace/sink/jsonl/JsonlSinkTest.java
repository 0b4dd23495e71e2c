package dev.millrace.sink.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.testkit.contract.SinkAbilities;
import dev.millrace.testkit.contract.SinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class JsonlSinkTest extends SinkContract {
    private static final JsonFactory JSON = new JsonFactory();

    @TempDir
    Path folder;

    @Override
    protected SinkAbilities abilities() {
        return SinkAbilities.ALL;
    }

    @Override
    protected Sink open(SinkContext context) {
        return new JsonlSink(folder, context);
    }

    /** Reads as the package's documentation says: commits in order, files in order, lines in order. */
    @Override
    protected List<String> visibleRows(Schema schema) throws IOException {
        Path tableFolder = new Folders(folder, "any").table(schema.table());
        List<Map<String, String>> rows = new ArrayList<>();
        for (Path commit : commits()) {
            Map<?, ?> table = (Map<?, ?>) parse(commit).getFirst().get("table " + tableFolder.getFileName());
            if (table == null) {
                continue;
            }
            if ("true".equals(table.get("truncated"))) {
                rows.clear();
            }
            for (Object file : (List<?>) Objects.requireNonNull(table.get("files"))) {
                parse(tableFolder.resolve((String) file)).forEach(line -> apply(schema, rows, line));
            }
        }
        return rows.stream().map(row -> row.values().toString()).toList();
    }

    private List<Path> commits() throws IOException {
        if (!Files.isDirectory(folder.resolve("commits"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("commits"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static void apply(Schema schema, List<Map<String, String>> rows, Map<String, Object> line) {
        Map<String, String> before = Map.of();
        Map<?, ?> sent = (Map<?, ?>) Objects.requireNonNull(line.get("row"));
        if (schema.hasKey()) {
            String key = schema.columns().getFirst().name();
            before = rows.stream()
                    .filter(row -> Objects.equals(row.get(key), sent.get(key)))
                    .findFirst()
                    .orElse(before);
            rows.removeIf(row -> Objects.equals(row.get(key), sent.get(key)));
        }
        if ("delete".equals(line.get("op"))) {
            return;
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            row.put(
                    column.name(),
                    sent.containsKey(column.name())
                            ? text(column.type(), Objects.requireNonNull(sent.get(column.name())))
                            : before.getOrDefault(column.name(), "missing"));
        }
        rows.add(row);
    }

    private static String text(DataType type, Object value) {
        if (type instanceof DataType.Binary && !value.equals("null")) {
            return HexFormat.of().formatHex(Base64.getDecoder().decode((String) value));
        }
        if (type instanceof DataType.MapOf && value instanceof List<?> pairs) {
            return pairs.stream()
                    .map(pair -> ((List<?>) pair).get(0) + "=" + ((List<?>) pair).get(1))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    /** All values of a file, scalars as they are written. */
    private static List<Map<String, Object>> parse(Path file) throws IOException {
        List<Map<String, Object>> values = new ArrayList<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            while (json.nextToken() != null) {
                values.add(object(json));
            }
        }
        return values;
    }

    private static Map<String, Object> object(JsonParser json) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            object.put(name, value(json));
        }
        return object;
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(json));
                }
                yield array;
            }
            default -> json.getText();
        };
    }
}
