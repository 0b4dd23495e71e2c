/** The contract of sinks, kept. */
@NullMarked
package dev.millrace.sink.jsonl;

import org.jspecify.annotations.NullMarked;
