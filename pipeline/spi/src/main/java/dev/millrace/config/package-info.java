/** How connectors read their part of the pipeline file: values that know their place in it, and all problems reported at once. */
@NullMarked
package dev.millrace.config;

import org.jspecify.annotations.NullMarked;
