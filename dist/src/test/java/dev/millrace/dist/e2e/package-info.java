/** The product as a user runs it: the command in a process of its own, real servers, and readers that share no code with our writers. */
@NullMarked
package dev.millrace.dist.e2e;

import org.jspecify.annotations.NullMarked;
