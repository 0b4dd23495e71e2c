/**
 * Sockets for the JDBC driver: ones that gather what arrives while a reader is behind, so that the server's sender does not
 * wake it for every row, and ones of the local machine.
 */
@NullMarked
package dev.millrace.source.postgres.socket;

import org.jspecify.annotations.NullMarked;
