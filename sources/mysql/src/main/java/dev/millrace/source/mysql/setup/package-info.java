/** What a server, a user and a table need before they can be read, with the statement that mends what is missing. */
@NullMarked
package dev.millrace.source.mysql.setup;

import org.jspecify.annotations.NullMarked;
