/** What a pipeline file says about a MySQL or MariaDB source. */
@NullMarked
package dev.millrace.source.mysql.config;

import org.jspecify.annotations.NullMarked;
