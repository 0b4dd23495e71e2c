/** Tests of the MySQL source as a whole, on real servers. */
@NullMarked
package dev.millrace.source.mysql;

import org.jspecify.annotations.NullMarked;
