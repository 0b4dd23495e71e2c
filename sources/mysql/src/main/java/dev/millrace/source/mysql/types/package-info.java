/** From the storage types of the log to logical types and columns. What a value's bytes mean is said here and nowhere else. */
@NullMarked
package dev.millrace.source.mysql.types;

import org.jspecify.annotations.NullMarked;
