/** What can go wrong at a MySQL or MariaDB source. */
@NullMarked
package dev.millrace.source.mysql.failure;

import org.jspecify.annotations.NullMarked;
