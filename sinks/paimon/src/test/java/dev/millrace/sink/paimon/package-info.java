/** Tests of the Paimon sink against the real Paimon on a local disk; nothing is faked. */
@NullMarked
package dev.millrace.sink.paimon;

import org.jspecify.annotations.NullMarked;
