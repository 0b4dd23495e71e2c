/**
 * An S3-compatible store in memory, for tests: path-style addresses, any credentials. Unlike the look-alikes that can
 * be had, its conditional writes have exactly one winner in every race, and it fails on demand.
 */
@NullMarked
package dev.millrace.servers.s3;

import org.jspecify.annotations.NullMarked;
