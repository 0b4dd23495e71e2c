package dev.millrace.sink.jsonl;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.config.Place;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.SinkFactory;
import java.nio.file.Path;

/** {@code type: jsonl}. Takes {@code path}, a folder; relative to the pipeline file. */
public final class JsonlSinkFactory implements SinkFactory {
    @Override
    public String type() {
        return "jsonl";
    }

    @Override
    public Sink create(ConfigSection section, SinkContext context) {
        ConfigReader reader = new ConfigReader(section);
        String path = reader.required("path");
        Place place = reader.place("path");
        reader.finish();
        Path folder = place.line() > 0
                ? Path.of(place.file()).toAbsolutePath().resolveSibling(path)
                : Path.of(path).toAbsolutePath();
        return new JsonlSink(folder, context);
    }
}
