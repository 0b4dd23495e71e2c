package dev.millrace.cli;

import dev.millrace.spi.Readable.Field;
import dev.millrace.spi.Readable.Receiver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints each row as a JSON object on a line. */
final class JsonRows implements Receiver {
    private final Console console;
    private List<Field> fields = List.of();

    JsonRows(Console console) {
        this.console = console;
    }

    @Override
    public void begin(List<Field> columns) {
        fields = columns;
    }

    @Override
    public void row(List<Optional<String>> cells) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Optional<String> cell = cells.get(i);
            object.put(field.name(), field.nested() ? cell.map(Json.Written::new) : cell);
        }
        console.data(Json.write(object));
    }
}
