/** Where checkpoints are kept: a small store of named blobs, local or remote, found by the scheme of its URI. */
@NullMarked
package dev.millrace.spi.state;

import org.jspecify.annotations.NullMarked;
