/** What sources of relational databases do alike: hand out snapshots, then the log. Knows no database. */
@NullMarked
package dev.millrace.source.relational;

import org.jspecify.annotations.NullMarked;
