package dev.millrace.sink.blackhole;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.SinkFactory;

/** {@code sink: {type: blackhole}}; takes no keys. */
public final class BlackholeSinkFactory implements SinkFactory {
    @Override
    public String type() {
        return "blackhole";
    }

    @Override
    public Sink create(ConfigSection section, SinkContext context) {
        new ConfigReader(section).finish();
        return new BlackholeSink(context.writers());
    }
}
