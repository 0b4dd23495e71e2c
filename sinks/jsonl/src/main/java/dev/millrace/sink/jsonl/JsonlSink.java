package dev.millrace.sink.jsonl;

import dev.millrace.schema.Schema;
import dev.millrace.spi.Committer;
import dev.millrace.spi.KeyPartitioner;
import dev.millrace.spi.Located;
import dev.millrace.spi.Partitioner;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.SinkWriter;
import java.nio.file.Path;

final class JsonlSink implements Sink, Located {
    private final Folders folders;
    private final Path path;
    private final int writers;

    JsonlSink(Path path, SinkContext context) {
        this.folders = new Folders(path, context.pipeline().id());
        this.path = path;
        this.writers = context.writers();
    }

    @Override
    public SinkWriter openWriter(int index) {
        return new JsonlWriter(folders, index);
    }

    @Override
    public Committer openCommitter() {
        return new JsonlCommitter(folders);
    }

    @Override
    public Partitioner partitioner(Schema schema) {
        return new KeyPartitioner(schema, writers);
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public void close() {
        // writers and committer close what they hold
    }
}
