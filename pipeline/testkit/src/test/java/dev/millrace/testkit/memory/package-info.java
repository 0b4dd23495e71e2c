/** Tests of the in-memory source and sink. */
@NullMarked
package dev.millrace.testkit.memory;

import org.jspecify.annotations.NullMarked;
