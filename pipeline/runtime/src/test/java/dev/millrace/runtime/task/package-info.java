/** Tests. */
@NullMarked
package dev.millrace.runtime.task;

import org.jspecify.annotations.NullMarked;
