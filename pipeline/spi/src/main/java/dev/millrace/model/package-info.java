/**
 * What flows from sources to sinks: columnar batches of changes and the few things that travel in band with them. Nothing
 * here knows an engine, a source or a sink.
 */
@NullMarked
package dev.millrace.model;

import org.jspecify.annotations.NullMarked;
