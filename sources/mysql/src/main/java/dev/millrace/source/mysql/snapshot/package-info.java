/** Reading tables as they are. */
@NullMarked
package dev.millrace.source.mysql.snapshot;

import org.jspecify.annotations.NullMarked;
