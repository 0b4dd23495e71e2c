package dev.millrace.source.mysql;

import dev.millrace.config.ConfigSection;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceFactory;

/** Makes the source of type {@code mariadb}: the same as {@code mysql}, which asks the server what it is. */
public final class MariaDbSourceFactory implements SourceFactory {
    private final SourceFactory same = new MySqlSourceFactory();

    @Override
    public String type() {
        return "mariadb";
    }

    @Override
    public Source create(ConfigSection section, SourceContext context) {
        return same.create(section, context);
    }
}
