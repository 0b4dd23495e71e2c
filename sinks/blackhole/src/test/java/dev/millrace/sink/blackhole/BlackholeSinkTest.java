package dev.millrace.sink.blackhole;

import dev.millrace.schema.Schema;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.testkit.contract.SinkAbilities;
import dev.millrace.testkit.contract.SinkContract;
import java.util.List;

class BlackholeSinkTest extends SinkContract {
    @Override
    protected SinkAbilities abilities() {
        return new SinkAbilities(false, true, true);
    }

    @Override
    protected Sink open(SinkContext context) {
        return new BlackholeSink(context.writers());
    }

    @Override
    protected List<String> visibleRows(Schema schema) {
        return List.of();
    }
}
