/** Figures side by side: the table, each figure's ratio to its ceiling, and whether the targets are met. */
@NullMarked
package dev.millrace.bench.report;

import org.jspecify.annotations.NullMarked;
