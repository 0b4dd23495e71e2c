/** Keys of a pipeline file that mean the same to several databases. */
@NullMarked
package dev.millrace.source.relational.config;

import org.jspecify.annotations.NullMarked;
