/**
 * Statements of the log: what they do to tables. They are read by the grammars of Debezium's parser, and what these do not know is
 * left to the live catalog.
 */
@NullMarked
package dev.millrace.source.mysql.history;

import org.jspecify.annotations.NullMarked;
