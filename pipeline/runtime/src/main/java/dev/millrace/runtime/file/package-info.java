/** State in a local folder, {@code file:} URIs: a file a blob, made durable before its name appears, and a lock on the folder. */
@NullMarked
package dev.millrace.runtime.file;

import org.jspecify.annotations.NullMarked;
