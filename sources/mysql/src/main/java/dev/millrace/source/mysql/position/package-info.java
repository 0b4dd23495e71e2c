/** Where a server's log is: global transaction ids of both families, and file with offset. Pure values. */
@NullMarked
package dev.millrace.source.mysql.position;

import org.jspecify.annotations.NullMarked;
