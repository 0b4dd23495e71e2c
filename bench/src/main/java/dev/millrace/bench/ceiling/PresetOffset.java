package dev.millrace.bench.ceiling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/** Makes Debezium begin at a place of the log without a run before, and forgets how far it came. Made by Debezium by name. */
public final class PresetOffset extends MemoryOffsetBackingStore {
    static final String TOPIC_PREFIX = "bench";
    static final String FILE = "offset.storage.preset.file";
    static final String OFFSET = "offset.storage.preset.offset";
    static final String GTIDS = "offset.storage.preset.gtids";

    @Override
    public void configure(WorkerConfig config) {
        super.configure(config);
        String value = "{\"file\":\"" + config.originals().get(FILE) + "\",\"pos\":"
                + config.originals().get(OFFSET) + ",\"gtids\":\""
                + config.originals().get(GTIDS) + "\"}";
        data.put(buffer("[\"bench\",{\"server\":\"" + TOPIC_PREFIX + "\"}]"), buffer(value));
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connectorName) {
        return Set.of();
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
