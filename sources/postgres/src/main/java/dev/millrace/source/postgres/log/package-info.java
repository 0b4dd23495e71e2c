/** The changelog: messages of {@code pgoutput} in binary format, put straight into columns. */
@NullMarked
package dev.millrace.source.postgres.log;

import org.jspecify.annotations.NullMarked;
