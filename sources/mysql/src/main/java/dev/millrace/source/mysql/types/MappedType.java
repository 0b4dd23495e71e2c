package dev.millrace.source.mysql.types;

import dev.millrace.schema.DataType;

/** What a column's type becomes, and how its values are read. */
public record MappedType(DataType type, CellDecoder decoder) {}
