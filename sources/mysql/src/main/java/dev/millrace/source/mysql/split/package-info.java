/** What there is to read, cut into splits, and how far reading has come; as values and as bytes. */
@NullMarked
package dev.millrace.source.mysql.split;

import org.jspecify.annotations.NullMarked;
