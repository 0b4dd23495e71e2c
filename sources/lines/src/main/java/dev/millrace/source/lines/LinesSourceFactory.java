package dev.millrace.source.lines;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.config.Place;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceFactory;
import java.nio.file.Path;

/** {@code type: lines}. Takes {@code path}, a folder; relative to the pipeline file. */
public final class LinesSourceFactory implements SourceFactory {
    @Override
    public String type() {
        return "lines";
    }

    @Override
    public Source create(ConfigSection section, SourceContext context) {
        ConfigReader reader = new ConfigReader(section);
        String path = reader.required("path");
        Place place = reader.place("path");
        reader.finish();
        Path folder = place.line() > 0
                ? Path.of(place.file()).toAbsolutePath().resolveSibling(path)
                : Path.of(path).toAbsolutePath();
        return new LinesSource(folder, context);
    }
}
