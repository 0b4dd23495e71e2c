/** The one error type, its codes, who owns them and what the engine does about them. */
@NullMarked
package dev.millrace.error;

import org.jspecify.annotations.NullMarked;
