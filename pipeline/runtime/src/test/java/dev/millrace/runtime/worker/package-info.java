/** Tests. */
@NullMarked
package dev.millrace.runtime.worker;

import org.jspecify.annotations.NullMarked;
