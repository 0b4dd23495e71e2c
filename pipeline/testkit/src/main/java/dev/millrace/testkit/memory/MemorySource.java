package dev.millrace.testkit.memory;

import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceProgress;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import java.util.List;
import java.util.Optional;

final class MemorySource implements Source {
    private final MemoryDatabase database;
    private final SourceContext context;

    MemorySource(MemoryDatabase database, SourceContext context) {
        this.database = database;
        this.context = context;
    }

    @Override
    public SplitEnumerator openEnumerator(Optional<VersionedBytes> restored, List<Split> unfinished) {
        return new MemoryEnumerator(database, context.mode(), restored, unfinished);
    }

    @Override
    public SplitReader openReader(int index) {
        return new MemoryReader(database, context.mode());
    }

    @Override
    public SourceProgress progress() {
        return new SourceProgress(SourceProgress.Phase.STREAMING, 0, 0, -1, 0, -1, -1);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
