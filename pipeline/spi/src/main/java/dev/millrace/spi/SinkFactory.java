package dev.millrace.spi;

import dev.millrace.config.ConfigSection;

/** Makes a sink of one type. Registered as a service; has a public constructor without parameters. */
public interface SinkFactory {
    /** The name in {@code sink: type:}. */
    String type();

    /**
     * Reads and validates the section. Touches neither the network nor files.
     *
     * @throws dev.millrace.config.ConfigException with all problems of the section
     */
    Sink create(ConfigSection section, SinkContext context);
}
