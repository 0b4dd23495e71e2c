package dev.millrace.definition;

import java.util.LinkedHashMap;
import java.util.Map;

/** The keys below {@code pipeline:}. */
final class PipelineKeys {
    static final String NAME = "name";
    static final String PARALLELISM = "parallelism";
    static final String ROUTE_MODE = "route-mode";
    static final String RUNTIME_MODE = "execution.runtime-mode";
    static final String SCHEMA_CHANGE_BEHAVIOR = "schema.change.behavior";
    static final String CHECKPOINT_INTERVAL = "checkpoint.interval";
    static final String CHECKPOINT_BYTES = "checkpoint.bytes";
    static final String STATE = "state";
    static final String STATE_PREFIX = "state.";
    static final String USER_DEFINED_FUNCTION = "user-defined-function";
    static final String MODEL = "model";

    static final String FLINK_ONLY = "there is no Flink cluster";

    /** Keys of Flink CDC that mean nothing here, each with the reason. */
    static final Map<String, String> WITHOUT_EFFECT = withoutEffect();

    private PipelineKeys() {}

    private static Map<String, String> withoutEffect() {
        String transformOnly = "only 'transform' would use it";
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(USER_DEFINED_FUNCTION, transformOnly);
        keys.put(MODEL, transformOnly);
        keys.put("local-time-zone", transformOnly + "; times keep their instant and their zone");
        keys.put("transform.decimal.precision.mode", transformOnly);
        keys.put("transform.allow.trimming.pk-columns", transformOnly);
        keys.put("operator.uid.prefix", FLINK_ONLY);
        keys.put("schema.operator.uid", FLINK_ONLY);
        keys.put("schema-operator.rpc-timeout", FLINK_ONLY);
        keys.put("sink.partitioning.strategy", "the sink decides, as with SINK_DEFINED");
        return keys;
    }
}
