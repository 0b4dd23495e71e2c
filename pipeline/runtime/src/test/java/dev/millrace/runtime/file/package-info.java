/** Tests. */
@NullMarked
package dev.millrace.runtime.file;

import org.jspecify.annotations.NullMarked;
