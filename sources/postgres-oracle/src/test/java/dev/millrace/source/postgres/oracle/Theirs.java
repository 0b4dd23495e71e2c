package dev.millrace.source.postgres.oracle;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** What Debezium's embedded engine reads from a slot, until the row that ends the workload. */
final class Theirs implements AutoCloseable {
    private final Changes changes = new Changes();
    private final CompletableFuture<Changes> done = new CompletableFuture<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;

    /** @param settings of the connector: where the server is, slot and publication */
    Theirs(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "name", "oracle",
                "topic.prefix", "oracle",
                "connector.class", "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name", "pgoutput",
                "publication.autocreate.mode", "disabled",
                "snapshot.mode", "no_data",
                "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore",
                "tombstones.on.delete", "false",
                "decimal.handling.mode", "string",
                "unavailable.value.placeholder", "unchanged"));
        properties.put("skipped.operations", "none");
        properties.put("publish.via.partition.root", "true");
        properties.put("slot.drop.on.stop", "false");
        properties.putAll(settings);
        engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties)
                .using((success, message, error) ->
                        done.completeExceptionally(new AssertionError("the engine has ended: " + message, error)))
                .notifying(event -> take(event.record()))
                .build();
        thread.execute(engine);
    }

    Changes await() throws Exception {
        return done.get(60, TimeUnit.SECONDS);
    }

    /** Beside changes come the beginnings and ends of transactions, and signs of life. */
    private void take(SourceRecord record) {
        if (record.value() instanceof Struct change && change.schema().field("op") != null) {
            take(change);
        }
    }

    private void take(Struct change) {
        Struct source = change.getStruct("source");
        String table = source.getString("table");
        String operation = change.getString("op");
        if (operation.equals("t")) {
            changes.truncation(table);
            return;
        }
        boolean full = Workload.FULL.contains(table);
        long transaction = source.getInt64("txId");
        if (operation.equals("u") && full) {
            changes.row(transaction, table, "<" + cells(change.getStruct("before"), true));
        }
        switch (operation) {
            case "c" -> changes.row(transaction, table, "+" + cells(change.getStruct("after"), true));
            case "u" -> changes.row(transaction, table, ">" + cells(change.getStruct("after"), true));
            case "d" -> changes.row(transaction, table, "-" + cells(change.getStruct("before"), full));
            default -> throw new AssertionError("an operation " + operation);
        }
        if (table.equals("done")) {
            done.complete(changes);
        }
    }

    /** @param whole whether more than the key is known of the row; Debezium fills the rest with nulls */
    private static String cells(Struct row, boolean whole) {
        StringJoiner cells = new StringJoiner("|");
        for (Field field : row.schema().fields()) {
            boolean known = whole || Workload.KEY_COLUMNS.contains(field.name());
            cells.add(known ? String.valueOf(row.get(field)) : "unchanged");
        }
        return cells.toString();
    }

    @Override
    public void close() throws Exception {
        engine.close();
        thread.shutdownNow();
    }
}
