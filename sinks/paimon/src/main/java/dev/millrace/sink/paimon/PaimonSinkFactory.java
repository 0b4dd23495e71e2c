package dev.millrace.sink.paimon;

import dev.millrace.config.ConfigSection;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.SinkFactory;

/** {@code sink: type: paimon}. The keys are those of Flink CDC's Paimon sink. */
public final class PaimonSinkFactory implements SinkFactory {
    @Override
    public String type() {
        return "paimon";
    }

    @Override
    public Sink create(ConfigSection section, SinkContext context) {
        return new PaimonSink(PaimonSettings.read(section), context);
    }
}
