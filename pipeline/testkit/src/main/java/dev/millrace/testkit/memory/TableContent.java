package dev.millrace.testkit.memory;

import dev.millrace.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rows of one table: by key, or, for a table without a key, all that were ever inserted. */
final class TableContent {
    private final Schema schema;
    private final Map<Long, List<Long>> byKey = new TreeMap<>();
    private final List<List<Long>> withoutKey = new ArrayList<>();

    TableContent(Schema schema) {
        this.schema = schema;
    }

    Schema schema() {
        return schema;
    }

    void apply(Change change) {
        if (change.operation().isEmpty()) {
            clear();
        } else if (!schema.hasKey()) {
            withoutKey.add(change.row());
        } else {
            applyToKey(change, change.row().get(schema.key().getFirst()));
        }
    }

    private void applyToKey(Change change, Long key) {
        switch (change.operation().orElseThrow()) {
            case INSERT, UPDATE_AFTER -> byKey.put(key, change.row());
            case DELETE -> byKey.remove(key);
            case UPDATE_BEFORE -> {}
        }
    }

    void clear() {
        byKey.clear();
        withoutKey.clear();
    }

    Collection<List<Long>> rows() {
        return Stream.concat(byKey.values().stream(), withoutKey.stream()).toList();
    }

    /** Equal for equal content, in whatever order rows without a key came. */
    String text() {
        return rows().stream().map(List::toString).sorted().toList().toString();
    }
}
