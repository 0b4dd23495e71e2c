/** What a server says about itself and its tables now. */
@NullMarked
package dev.millrace.source.mysql.catalog;

import org.jspecify.annotations.NullMarked;
