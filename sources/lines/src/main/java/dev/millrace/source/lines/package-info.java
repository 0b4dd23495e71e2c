/**
 * A source to learn from: the lines of the text files in a folder, as rows of one table {@code files.lines}. It keeps all
 * that a source has to keep with a few classes.
 *
 * <p>A split is a stretch of one file: from where reading has come to, up to where the file ended when the split was handed
 * out. When a file has grown, its split is handed out again, so that any number of files is followed by any number of
 * readers. Between any two lines is a boundary. A line counts once its line feed is written; files only ever grow.
 */
@NullMarked
package dev.millrace.source.lines;

import org.jspecify.annotations.NullMarked;
