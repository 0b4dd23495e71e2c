package dev.millrace.source.mysql;

import dev.millrace.config.ConfigSection;
import dev.millrace.source.mysql.config.MySqlConfigReader;
import dev.millrace.source.relational.KnownServers;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceFactory;

/** Makes the source of type {@code mysql}. */
public final class MySqlSourceFactory implements SourceFactory {
    private final KnownServers servers = new KnownServers(FirstContact::failed);

    @Override
    public String type() {
        return "mysql";
    }

    @Override
    public Source create(ConfigSection section, SourceContext context) {
        return new MySqlSource(
                MySqlConfigReader.read(section, context.pipeline().name()), context, servers);
    }
}
