/** Checkpoints on S3 and what speaks its protocol: blobs are objects, creation is a conditional put, ownership is a lease. */
@NullMarked
package dev.millrace.state.s3;

import org.jspecify.annotations.NullMarked;
