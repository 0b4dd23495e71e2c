/** The command as a user has it: with all connectors on the class path, as a process of its own. */
@NullMarked
package dev.millrace.dist.cli;

import org.jspecify.annotations.NullMarked;
