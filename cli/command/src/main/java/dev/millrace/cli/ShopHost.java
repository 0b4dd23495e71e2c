package dev.millrace.cli;

import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import dev.millrace.error.MillraceException;
import dev.millrace.quickstart.EmbeddedShop;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** A PostgreSQL of its own with the shop in it. */
record ShopHost(EmbeddedShop shop, ShopSettings settings) implements SourceHost {
    private static final long SEED = 1;
    private static final Place PLACE = new Place("quickstart", 0, 0);

    static ShopHost start(Pipeline pipeline, Console console) {
        ShopSettings settings =
                ShopSettings.read(pipeline.definition().quickstart().orElseThrow());
        Path folder = settings.folder().orElse(pipeline.state().shopFolder());
        console.message("Starting the quickstart's PostgreSQL in " + folder + " …");
        try {
            return new ShopHost(EmbeddedShop.open(folder, settings.size(), SEED), settings);
        } catch (SQLException | RuntimeException e) {
            throw new MillraceException(
                    CliError.QUICKSTART_DATABASE,
                    "The quickstart's PostgreSQL in " + folder + " does not start: " + e.getMessage(),
                    "Mend what is said above; or remove that folder to begin anew, or name another by --set quickstart.folder=….",
                    e);
        }
    }

    @Override
    public Map<String, ConfigValue> connection() {
        return Map.of(
                "hostname", new ConfigValue(shop.host(), PLACE, false),
                "port", new ConfigValue(Integer.toString(shop.port()), PLACE, false),
                "username", new ConfigValue(shop.user(), PLACE, false),
                "password", new ConfigValue(shop.password(), PLACE, true));
    }

    @Override
    public void close() {
        shop.close();
    }
}
