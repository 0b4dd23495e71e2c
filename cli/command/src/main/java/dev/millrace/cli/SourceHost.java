package dev.millrace.cli;

import dev.millrace.config.ConfigValue;
import java.util.Map;

/** What runs the source's database, where that is the command itself. */
interface SourceHost extends AutoCloseable {
    /** Values for keys of the source that the file leaves out. */
    Map<String, ConfigValue> connection();

    @Override
    void close();

    /** Starts the quickstart's database where the file wants it. */
    static SourceHost of(Pipeline pipeline, Console console) {
        return pipeline.definition().quickstart().isPresent() ? ShopHost.start(pipeline, console) : new Elsewhere();
    }

    /** The database is the user's own. */
    record Elsewhere() implements SourceHost {
        @Override
        public Map<String, ConfigValue> connection() {
            return Map.of();
        }

        @Override
        public void close() {}
    }
}
