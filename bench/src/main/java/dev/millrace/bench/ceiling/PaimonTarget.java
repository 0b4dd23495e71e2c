package dev.millrace.bench.ceiling;

import dev.millrace.bench.ceiling.BareWriter.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.StreamTableCommit;
import org.apache.paimon.table.sink.StreamTableWrite;
import org.apache.paimon.table.sink.StreamWriteBuilder;

/** A Paimon table written by Paimon's own writer, which also compacts it, committed as often as a pipeline is by default. */
final class PaimonTarget {
    private static final long COMMIT_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int ROWS_BETWEEN_LOOKS_AT_THE_CLOCK = 1000;

    private final StreamTableWrite writer;
    private final StreamTableCommit committer;
    private long checkpoint;
    private long committed = System.nanoTime();
    private int rowsSinceLook;

    private PaimonTarget(StreamTableWrite writer, StreamTableCommit committer) {
        this.writer = writer;
        this.committer = committer;
    }

    /** Hands rows to a target and says how many. */
    @FunctionalInterface
    interface Rows {
        long writeTo(Target target) throws Exception;
    }

    static long write(Path warehouse, List<String> key, Map<String, String> options, Rows rows) throws Exception {
        Options catalogOptions = new Options();
        catalogOptions.set("warehouse", warehouse.toString());
        try (Catalog catalog =
                CatalogFactory.createCatalog(CatalogContext.create(catalogOptions, new Configuration(false)))) {
            StreamWriteBuilder builder = create(catalog, key, options).newStreamWriteBuilder();
            try (IOManager spill = IOManager.create(warehouse.resolve("spill").toString());
                    StreamTableWrite writer = builder.newWrite();
                    StreamTableCommit committer = builder.newCommit()) {
                writer.withIOManager(spill);
                PaimonTarget target = new PaimonTarget(writer, committer);
                long written = rows.writeTo(target::write);
                target.commit(true);
                return written;
            }
        }
    }

    private static Table create(Catalog catalog, List<String> key, Map<String, String> options) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putIfAbsent("bucket", key.isEmpty() ? "-1" : "1");
        Schema.Builder schema = Schema.newBuilder().primaryKey(key).options(all);
        MemoryRows.TYPE.getFields().forEach(field -> schema.column(field.name(), field.type()));
        Identifier name = Identifier.create("bench", "rows");
        catalog.createDatabase(name.getDatabaseName(), true);
        catalog.createTable(name, schema.build(), false);
        return catalog.getTable(name);
    }

    private void write(MemoryRow row) throws Exception {
        writer.write(row);
        if (++rowsSinceLook == ROWS_BETWEEN_LOOKS_AT_THE_CLOCK) {
            rowsSinceLook = 0;
            if (System.nanoTime() - committed > COMMIT_EVERY_NANOS) {
                commit(false);
            }
        }
    }

    private void commit(boolean waitForCompaction) throws Exception {
        long id = checkpoint++;
        committer.commit(id, writer.prepareCommit(waitForCompaction, id));
        committed = System.nanoTime();
    }
}
