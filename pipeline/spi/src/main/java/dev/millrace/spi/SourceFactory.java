package dev.millrace.spi;

import dev.millrace.config.ConfigSection;

/** Makes a source of one type. Registered as a service; has a public constructor without parameters. */
public interface SourceFactory {
    /** The name in {@code source: type:}. */
    String type();

    /**
     * Reads and validates the section. Touches neither the network nor files.
     *
     * @throws dev.millrace.config.ConfigException with all problems of the section
     */
    Source create(ConfigSection section, SourceContext context);
}
