package dev.millrace.model;

import dev.millrace.schema.SchemaChange;

/**
 * A table changes here: batches before it belong to the table as it was, batches after it to the table as it then is. A
 * truncation takes part in its source transaction and travels in band to every writer.
 */
public record SchemaChanged(SchemaChange change) implements StreamElement {}
