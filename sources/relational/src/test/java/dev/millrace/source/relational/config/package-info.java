/** Tests of what sources of relational databases share. */
@NullMarked
package dev.millrace.source.relational.config;

import org.jspecify.annotations.NullMarked;
