package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;

/** The same JSON on one line, or spread out for a person. */
final class JsonLayout {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonLayout() {}

    static String oneLine(String json) throws IOException {
        StringWriter text = new StringWriter();
        copy(json, FACTORY.createGenerator(text));
        return text.toString();
    }

    static String spread(String json) throws IOException {
        StringWriter text = new StringWriter();
        copy(json, FACTORY.createGenerator(text).setPrettyPrinter(new DefaultPrettyPrinter()));
        return text.toString();
    }

    private static void copy(String json, JsonGenerator to) throws IOException {
        try (JsonParser from = FACTORY.createParser(json);
                JsonGenerator generator = to) {
            from.nextToken();
            generator.copyCurrentStructure(from);
        }
    }
}
