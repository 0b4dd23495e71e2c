/**
 * The pipeline file: YAML, a superset of Flink CDC's, read into a {@link dev.millrace.definition.PipelineDefinition} in which
 * every value knows its place, secrets are marked and every mistake has been reported at once.
 */
@NullMarked
package dev.millrace.definition;

import org.jspecify.annotations.NullMarked;
