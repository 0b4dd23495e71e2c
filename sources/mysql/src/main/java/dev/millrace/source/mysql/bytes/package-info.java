/** Numbers, lengths and texts in a byte array, as protocol and log write them. */
@NullMarked
package dev.millrace.source.mysql.bytes;

import org.jspecify.annotations.NullMarked;
