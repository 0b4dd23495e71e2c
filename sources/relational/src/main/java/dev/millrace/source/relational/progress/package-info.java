/** How far a source is, for people and in band. */
@NullMarked
package dev.millrace.source.relational.progress;

import org.jspecify.annotations.NullMarked;
