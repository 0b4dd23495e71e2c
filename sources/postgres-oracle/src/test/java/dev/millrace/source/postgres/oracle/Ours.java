package dev.millrace.source.postgres.oracle;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.Operation;
import dev.millrace.model.SchemaChanged;
import dev.millrace.model.StreamElement;
import dev.millrace.source.postgres.PostgresSourceFactory;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitEnumerator.Assignment;
import dev.millrace.spi.SplitReader;
import dev.millrace.testkit.CellText;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** What our source reads from a slot, up to where the log ends. */
final class Ours {
    private final Changes changes = new Changes();
    private final Map<Long, Long> commitPlaces = new HashMap<>();

    static Ours read(Map<String, String> keys, Path spillFolder) {
        Ours ours = new Ours();
        SourceContext context = new SourceContext(
                new PipelineIdentity("oracle", "oracle-id"),
                ReadMode.UNTIL_CAUGHT_UP,
                1,
                1 << 16,
                spillFolder,
                InstantSource.system());
        try (Source source = new PostgresSourceFactory().create(section(keys), context);
                SplitEnumerator enumerator = source.openEnumerator(Optional.empty(), List.of());
                SplitReader reader = source.openReader(0)) {
            Assignment.Read log = (Assignment.Read) enumerator.next(0);
            reader.assign(log.split());
            while (reader.poll(ours::take, PollRequest.read(50_000_000)) != SplitReader.Progress.FINISHED) {
                // until everything is read that had committed
            }
        }
        return ours;
    }

    Changes changes() {
        return changes;
    }

    /** Grows with commit order. */
    long commitPlace(long transaction) {
        return commitPlaces.getOrDefault(transaction, -1L);
    }

    private static ConfigSection section(Map<String, String> keys) {
        Place place = new Place("pipeline.yaml", 1, 1);
        Map<String, ConfigValue> values = new HashMap<>();
        keys.forEach((key, value) -> values.put(key, new ConfigValue(value, place, false)));
        return new ConfigSection("source", place, values);
    }

    private void take(StreamElement element) {
        if (element instanceof SchemaChanged changed) {
            changes.truncation(changed.change().table().name());
        } else if (element instanceof ChangeBatch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                int run = batch.transactions().runOf(row);
                long transaction = batch.transactions().id(run);
                commitPlaces.put(transaction, batch.transactions().position(run));
                changes.row(transaction, batch.schema().table().name(), sign(batch.operation(row)) + cells(batch, row));
            }
        }
    }

    private static String sign(Operation operation) {
        return switch (operation) {
            case INSERT -> "+";
            case UPDATE_BEFORE -> "<";
            case UPDATE_AFTER -> ">";
            case DELETE -> "-";
        };
    }

    private static String cells(ChangeBatch batch, int row) {
        StringJoiner cells = new StringJoiner("|");
        for (int i = 0; i < batch.columns().size(); i++) {
            cells.add(CellText.of(batch.schema().columns().get(i).type(), batch.column(i), row));
        }
        return cells.toString();
    }
}
