/** What the launcher's script finds and what it starts, with folders that only look like JDKs. */
@NullMarked
package dev.millrace.dist.launcher;

import org.jspecify.annotations.NullMarked;
