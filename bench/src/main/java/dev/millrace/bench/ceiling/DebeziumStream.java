package dev.millrace.bench.ceiling;

import dev.millrace.bench.ceiling.Account.Moved;
import dev.millrace.bench.source.BenchDatabase;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's MySQL connector in its embedded engine, handing its records to nobody; its properties are at their defaults. Arguments: host, port, user,
 * file, offset and GTID set to begin after, row changes to wait for, and what they take in the log.
 */
public final class DebeziumStream {
    private DebeziumStream() {}

    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.put("name", "bench");
        properties.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
        properties.put("topic.prefix", PresetOffset.TOPIC_PREFIX);
        properties.put("database.hostname", arguments[0]);
        properties.put("database.port", arguments[1]);
        properties.put("database.user", arguments[2]);
        properties.put("database.password", "");
        properties.put("database.ssl.mode", "disabled");
        properties.put("database.server.id", "5402");
        properties.put("database.include.list", BenchDatabase.DATA);
        properties.put("snapshot.mode", "recovery");
        properties.put("snapshot.locking.mode", "none");
        properties.put("schema.history.internal", "io.debezium.relational.history.MemorySchemaHistory");
        properties.put("offset.storage", PresetOffset.class.getName());
        properties.put(PresetOffset.FILE, arguments[3]);
        properties.put(PresetOffset.OFFSET, arguments[4]);
        properties.put(PresetOffset.GTIDS, arguments[5]);
        run(properties, Long.parseLong(arguments[6]), Long.parseLong(arguments[7]));
        System.exit(0);
    }

    private static void run(Properties properties, long changes, long bytes) throws Exception {
        Dropping dropping = new Dropping(changes);
        DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine = DebeziumEngine.create(Connect.class)
                .using(properties)
                .notifying(dropping)
                .using((success, message, error) -> dropping.ended(error))
                .build();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            thread.execute(engine);
            dropping.begun.await();
            Account.of(() -> {
                dropping.done.await();
                return new Moved(changes, bytes);
            });
            dropping.requireAll();
            engine.close();
        }
    }

    /** Counts row changes and forgets them. The first batch comes when all that a start takes is done. */
    private static final class Dropping implements ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>> {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);
        private final AtomicLong left;
        private volatile @Nullable Throwable failure;

        Dropping(long changes) {
            left = new AtomicLong(changes);
        }

        @Override
        public void handleBatch(
                List<ChangeEvent<SourceRecord, SourceRecord>> records,
                RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
                throws InterruptedException {
            begun.countDown();
            long changes = 0;
            for (ChangeEvent<SourceRecord, SourceRecord> record : records) {
                if (record.value().value() instanceof Struct row && row.schema().field("op") != null) {
                    changes++;
                }
                committer.markProcessed(record);
            }
            committer.markBatchFinished();
            if (left.addAndGet(-changes) <= 0) {
                done.countDown();
            }
        }

        void ended(@Nullable Throwable error) {
            failure = error;
            begun.countDown();
            done.countDown();
        }

        void requireAll() {
            if (left.get() > 0) {
                throw new IllegalStateException("Debezium's engine ended with " + left + " changes unread", failure);
            }
        }
    }
}
