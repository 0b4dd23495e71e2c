package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Tells JSON from what only looks like it, with a parser that is not ours. */
final class JsonText {
    private JsonText() {}

    static void parse(String line) {
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            if (parser.nextToken() == null) {
                throw new AssertionError("nothing in '" + line + "'");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one value in '" + line + "'");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
