/** The source's section of the pipeline file, as values. */
@NullMarked
package dev.millrace.source.postgres.config;

import org.jspecify.annotations.NullMarked;
