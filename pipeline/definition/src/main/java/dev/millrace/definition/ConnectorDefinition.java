package dev.millrace.definition;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.Place;

/**
 * {@code source:} or {@code sink:}.
 *
 * @param type      names the factory
 * @param typePlace where it stands, for the message that there is no such factory
 * @param section   all other keys, {@code type} and {@code name} taken out
 */
public record ConnectorDefinition(String type, Place typePlace, ConfigSection section) {}
