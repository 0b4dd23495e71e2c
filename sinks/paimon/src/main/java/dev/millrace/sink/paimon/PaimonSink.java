package dev.millrace.sink.paimon;

import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Committer;
import dev.millrace.spi.Located;
import dev.millrace.spi.Partitioner;
import dev.millrace.spi.Readable;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.SinkWriter;
import dev.millrace.spi.TableCheckable;
import java.util.List;
import java.util.OptionalLong;

/** Tables of a Paimon warehouse. */
final class PaimonSink implements Sink, Readable, Checkable, TableCheckable, Located {
    private final PaimonSettings settings;
    private final SinkContext context;
    private final Leftovers leftovers = new Leftovers();

    PaimonSink(PaimonSettings settings, SinkContext context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public SinkWriter openWriter(int index) {
        Warehouse warehouse = Warehouse.open(settings);
        return new PaimonWriter(
                warehouse,
                Signature.of(settings, context.pipeline()),
                new ConsistencyManifests(new PipelineFolder(warehouse, context.pipeline()), context.pipeline()),
                context.bufferBytes() / context.writers(),
                leftovers);
    }

    @Override
    public Committer openCommitter() {
        return new PaimonCommitter(Warehouse.open(settings), settings, context, leftovers);
    }

    @Override
    public Partitioner partitioner(Schema schema) {
        return new KeyPartitioner(schema, context.writers());
    }

    @Override
    public void read(TableId table, int limit, OptionalLong checkpoint, Receiver receiver) {
        try (Warehouse warehouse = Warehouse.open(settings)) {
            new TableReader(warehouse, context.pipeline()).read(table, limit, checkpoint, receiver);
        }
    }

    @Override
    public List<Manifest> manifests(int limit) {
        try (Warehouse warehouse = Warehouse.open(settings)) {
            return new TableReader(warehouse, context.pipeline()).manifests(limit);
        }
    }

    @Override
    public List<Finding> check() {
        return new WarehouseCheck(settings).findings();
    }

    @Override
    public List<Finding> checkTables(List<Schema> tables) {
        if (new WarehouseCheck(settings).isYetToBeMade()) {
            return TablesCheck.ofNew(settings).findings(tables);
        }
        try (Warehouse warehouse = Warehouse.open(settings)) {
            return TablesCheck.in(warehouse, settings, context.pipeline()).findings(tables);
        }
    }

    @Override
    public String location() {
        return settings.warehouse();
    }

    /** Comes after the writers and the committer: only now is it known that none of them has left anything. */
    @Override
    public void close() {
        if (leftovers.none()) {
            try (Warehouse warehouse = Warehouse.open(settings)) {
                new PipelineFolder(warehouse, context.pipeline()).delete(PipelineFolder.RUNNING);
            }
        }
    }
}
