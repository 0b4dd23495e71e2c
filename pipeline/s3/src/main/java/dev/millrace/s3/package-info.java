/**
 * What everything that speaks to S3-compatible storage shares, whatever it keeps there: how to reach it, and the puts on which
 * atomic commits and ownership rest.
 */
@NullMarked
package dev.millrace.s3;

import org.jspecify.annotations.NullMarked;
