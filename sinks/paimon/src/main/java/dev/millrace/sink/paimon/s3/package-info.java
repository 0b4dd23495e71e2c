/**
 * Paimon's view of a bucket on S3-compatible storage, by the small AWS client. What has to be atomic is written by a
 * conditional put, so that a commit needs no lock.
 */
@NullMarked
package dev.millrace.sink.paimon.s3;

import org.jspecify.annotations.NullMarked;
