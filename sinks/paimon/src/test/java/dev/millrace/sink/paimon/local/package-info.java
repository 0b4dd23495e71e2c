/** The local disk as a warehouse lies on it. */
@NullMarked
package dev.millrace.sink.paimon.local;

import org.jspecify.annotations.NullMarked;
