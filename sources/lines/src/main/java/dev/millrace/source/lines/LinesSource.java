package dev.millrace.source.lines;

import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceProgress;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class LinesSource implements Source {
    /** A line is known by its file and where it begins in it. */
    static final Schema SCHEMA = new Schema(
            TableId.of("files", "lines"),
            1,
            List.of(
                    new Column(1, "file", new DataType.Text(), false),
                    new Column(2, "position", new DataType.Int64(), false),
                    new Column(3, "line", new DataType.Text(), false)),
            List.of(0, 1));

    private final Path folder;
    private final SourceContext context;

    LinesSource(Path folder, SourceContext context) {
        this.folder = folder;
        this.context = context;
    }

    @Override
    public SplitEnumerator openEnumerator(Optional<VersionedBytes> restored, List<Split> unfinished) {
        return new LinesEnumerator(folder, context.mode(), restored, unfinished);
    }

    @Override
    public SplitReader openReader(int index) {
        return new LinesReader(folder, context);
    }

    @Override
    public SourceProgress progress() {
        return new SourceProgress(SourceProgress.Phase.STREAMING, 0, 0, -1, 0, -1, -1);
    }

    @Override
    public void close() {
        // enumerator and readers close what they hold
    }
}
