package dev.millrace.source.postgres;

import dev.millrace.config.ConfigSection;
import dev.millrace.source.postgres.config.PostgresConfigReader;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.relational.KnownServers;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceFactory;

/** Makes the source of type {@code postgres}. */
public final class PostgresSourceFactory implements SourceFactory {
    private final KnownServers servers = new KnownServers(PostgresFailure::atFirst);

    @Override
    public String type() {
        return "postgres";
    }

    @Override
    public Source create(ConfigSection section, SourceContext context) {
        return new PostgresSource(
                PostgresConfigReader.read(section, context.pipeline().name()), context, servers);
    }
}
