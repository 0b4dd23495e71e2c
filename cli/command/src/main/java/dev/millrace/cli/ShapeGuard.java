package dev.millrace.cli;

import dev.millrace.definition.Routes;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceProgress;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A source whose tables are looked at before the sink hears of them: those that are routed into one must be of one shape. */
record ShapeGuard(Source source, Routes routes) implements Source {
    @Override
    public SplitEnumerator openEnumerator(Optional<VersionedBytes> restored, List<Split> unfinished) {
        return new GuardedEnumerator(source.openEnumerator(restored, unfinished), routes);
    }

    @Override
    public SplitReader openReader(int index) {
        return source.openReader(index);
    }

    @Override
    public SourceProgress progress() {
        return source.progress();
    }

    @Override
    public void close() {
        source.close();
    }

    private record GuardedEnumerator(SplitEnumerator enumerator, Routes routes) implements SplitEnumerator {
        @Override
        public List<SchemaChange> openingChanges() {
            List<SchemaChange> changes = enumerator.openingChanges();
            List<Schema> schemas = changes.stream()
                    .filter(SchemaChange.CreateTable.class::isInstance)
                    .map(change -> ((SchemaChange.CreateTable) change).schema())
                    .toList();
            routes.refuseMixedShapes(schemas);
            return changes;
        }

        @Override
        public Set<TableId> readInOnePiece() {
            return enumerator.readInOnePiece();
        }

        @Override
        public Assignment next(int reader) {
            return enumerator.next(reader);
        }

        @Override
        public void finished(Split split) {
            enumerator.finished(split);
        }

        @Override
        public VersionedBytes state() {
            return enumerator.state();
        }

        @Override
        public void close() {
            enumerator.close();
        }
    }
}
