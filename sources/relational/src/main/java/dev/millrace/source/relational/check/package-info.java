/** What has to hold before a source can be read, and what was found of it. */
@NullMarked
package dev.millrace.source.relational.check;

import org.jspecify.annotations.NullMarked;
