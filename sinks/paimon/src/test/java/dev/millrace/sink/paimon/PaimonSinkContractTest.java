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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
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
            List<Readable.Field> fields = new ArrayList<>();
            List<String> rows = new ArrayList<>();
            ((Readable) sink).read(schema.table(), ALL, OptionalLong.empty(), new Readable.Receiver() {
                @Override
                public void begin(List<Readable.Field> columns) {
                    fields.addAll(columns);
                }

                @Override
                public void row(List<Optional<String>> cells) {
                    rows.add(IntStream.range(0, cells.size())
                            .mapToObj(i -> text(fields.get(i), cells.get(i)))
                            .toList()
                            .toString());
                }
            });
            return rows;
        }
    }

    /** The suite writes what is nested in another way than JSON. */
    private static String text(Readable.Field field, Optional<String> cell) {
        String text = cell.orElse("null");
        return field.nested() ? text.replace(",", ", ").replaceAll("\"(\\w+)\":", "$1=") : text;
    }
}
