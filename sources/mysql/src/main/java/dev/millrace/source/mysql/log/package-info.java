/** Following the log: row images into batches. */
@NullMarked
package dev.millrace.source.mysql.log;

import org.jspecify.annotations.NullMarked;
