package dev.millrace.model;

/** Everything that flows, in order. Nothing else does. */
public sealed interface StreamElement permits ChangeBatch, SchemaChanged, Watermark, Barrier {}
