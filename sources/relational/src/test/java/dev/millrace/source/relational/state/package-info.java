/** Tests of what sources of relational databases share. */
@NullMarked
package dev.millrace.source.relational.state;

import org.jspecify.annotations.NullMarked;
