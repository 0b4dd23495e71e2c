package dev.millrace.definition;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;

/** What can be wrong with a pipeline file beside what {@link dev.millrace.config.ConfigException} lists. */
public enum DefinitionError implements ErrorCode {
    /** The file is missing, can't be read, is too large or isn't UTF-8. */
    UNREADABLE("CFG-002"),
    /** Part of Flink CDC's file that changes the data and isn't supported yet. */
    UNSUPPORTED("CFG-003"),
    /** A table that more than one route wants to send to different tables. */
    ROUTE_AMBIGUOUS("CFG-004"),
    /** Tables of different shape that a route sends into one. */
    ROUTE_MIXES_SHAPES("CFG-005"),
    /** No store of checkpoints for the URI of the state. */
    STATE_SCHEME("CFG-006");

    private final CatalogueEntry entry;

    DefinitionError(String id) {
        this.entry = new CatalogueEntry(id, Owner.CONFIG, Remedy.STOP);
    }

    @Override
    public CatalogueEntry entry() {
        return entry;
    }
}
