package dev.millrace.spi;

import dev.millrace.schema.TableId;

/** Staged output that a {@link Committer} can make visible. Only the sink looks inside. */
public record Committable(TableId table, VersionedBytes content) {}
