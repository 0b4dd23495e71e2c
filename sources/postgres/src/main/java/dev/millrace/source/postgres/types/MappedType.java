package dev.millrace.source.postgres.types;

import dev.millrace.schema.DataType;

/** What a PostgreSQL type becomes, and how its values are read. */
public record MappedType(DataType type, CellDecoder decoder) {}
