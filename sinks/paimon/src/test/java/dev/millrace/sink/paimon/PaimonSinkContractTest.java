package dev.millrace.sink.paimon;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import dev.millrace.schema.Schema;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.Readable;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.testkit.contract.SinkAbilities;
import dev.millrace.testkit.contract.SinkContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;

class PaimonSinkContractTest extends SinkContract {
    private static final int ALL = 1_000_000;

    @TempDir
    Path folder;

    @Override
    protected SinkAbilities abilities() {
        return SinkAbilities.ALL;
    }

    @Override
    protected Sink open(SinkContext context) {
        Place place = new Place("pipeline.yaml", 1, 1);
        return new PaimonSinkFactory()
                .create(
                        new ConfigSection(
                                "sink", place, Map.of("warehouse", new ConfigValue(folder.toString(), place, false))),
                        context);
    }

    @Override
    protected List<String> visibleRows(Schema schema) {
        SinkContext anybody =
                new SinkContext(new PipelineIdentity("reader", "reader"), 1, 1, folder, Clock.systemUTC());
        try (Sink sink = open(anybody)) {
            return ((Readable) sink)
                    .rows(schema.table(), ALL, OptionalLong.empty()).cells().stream()
                            .map(row -> row.stream()
                                    .map(cell -> cell.orElse("null"))
                                    .toList()
                                    .toString())
                            .toList();
        }
    }
}
