package dev.millrace.spi;

import dev.millrace.schema.Schema;

/** Where changes go. Opened lazily. */
public interface Sink extends AutoCloseable {
    /** Opens the writer of a task. Called once for each of {@link SinkContext#writers}. */
    SinkWriter openWriter(int index);

    /** Opens the one committer of the job. */
    Committer openCommitter();

    /** How rows of a table are shared among the writers. Rows of one key always go to the same writer. */
    Partitioner partitioner(Schema schema);

    @Override
    void close();
}
