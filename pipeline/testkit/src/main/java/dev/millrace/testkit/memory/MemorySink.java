package dev.millrace.testkit.memory;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.LongVector;
import dev.millrace.model.RowSelection;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Committer;
import dev.millrace.spi.KeyPartitioner;
import dev.millrace.spi.Partitioner;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.SinkWriter;
import dev.millrace.spi.VersionedBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

final class MemorySink implements Sink {
    private final MemoryWarehouse warehouse;
    private final SinkContext context;

    MemorySink(MemoryWarehouse warehouse, SinkContext context) {
        this.warehouse = warehouse;
        this.context = context;
    }

    @Override
    public SinkWriter openWriter(int index) {
        return new Writer();
    }

    @Override
    public Committer openCommitter() {
        return new WarehouseCommitter();
    }

    @Override
    public Partitioner partitioner(Schema schema) {
        return new KeyPartitioner(schema, context.writers());
    }

    @Override
    public void close() {
        // nothing is open
    }

    private final class Writer implements SinkWriter {
        private final Map<TableId, List<Change>> buffers = new TreeMap<>();
        private final Map<TableId, Boolean> truncated = new TreeMap<>();

        @Override
        public void write(RowSelection rows) {
            ChangeBatch batch = rows.batch();
            TableId table = batch.schema().table();
            List<Change> buffer = buffers.computeIfAbsent(table, t -> new ArrayList<>());
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.row(i);
                List<Long> values = batch.columns().stream()
                        .map(column -> ((LongVector) column).get(row))
                        .toList();
                buffer.add(new Change(table, Optional.of(batch.operation(row)), values));
            }
        }

        @Override
        public void truncate(TableId table) {
            buffers.put(table, new ArrayList<>());
            truncated.put(table, true);
        }

        @Override
        public List<Committable> prepare(long checkpointId) {
            List<Committable> committables = new ArrayList<>();
            buffers.forEach((table, changes) -> {
                String name = warehouse.stage(new MemoryWarehouse.Staged(
                        context.pipeline(), checkpointId, table, truncated.containsKey(table), changes));
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                committables.add(new Committable(table, new VersionedBytes(1, bytes)));
            });
            buffers.clear();
            truncated.clear();
            return committables;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private final class WarehouseCommitter implements Committer {
        @Override
        public OptionalLong newestCommitted() {
            return warehouse.newestCommitted();
        }

        @Override
        public void apply(List<SchemaChange> changes) {
            for (SchemaChange change : changes) {
                switch (change) {
                    case SchemaChange.CreateTable create -> warehouse.create(create.schema());
                    case SchemaChange.TruncateTable truncate -> warehouse.truncate(truncate.table());
                }
            }
        }

        @Override
        public void commit(CommitRequest request) {
            Map<TableId, List<String>> byTable = request.committables().stream()
                    .collect(Collectors.groupingBy(
                            Committable::table,
                            TreeMap::new,
                            Collectors.mapping(
                                    c -> new String(c.content().bytes(), StandardCharsets.UTF_8),
                                    Collectors.toList())));
            byTable.forEach((table, names) -> warehouse.commit(request.checkpointId(), table, names));
            warehouse.publish(request);
        }

        @Override
        public void discardStaged(long afterCheckpoint) {
            warehouse.discard(context.pipeline(), afterCheckpoint);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
