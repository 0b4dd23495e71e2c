package dev.millrace.cli;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.config.Place;
import dev.millrace.quickstart.ShopPace;
import dev.millrace.quickstart.ShopSize;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code quickstart:}.
 *
 * @param folder where the database lives; beside the state where empty
 * @param size   of the new shop
 * @param pace   of the changes while the pipeline runs
 */
record ShopSettings(Optional<Path> folder, ShopSize size, ShopPace pace) {
    private static final int DEFAULT_ROWS = 20_000;
    private static final int DEFAULT_TRANSACTIONS = 2_000;
    private static final int DEFAULT_PER_SECOND = 200;
    private static final int MOST = 100_000_000;

    /** @throws dev.millrace.config.ConfigException with all problems */
    static ShopSettings read(ConfigSection section) {
        ConfigReader reader = new ConfigReader(section);
        Optional<Path> folder = reader.optional("folder").map(text -> beside(reader.place("folder"), text));
        int rows = reader.integer("rows", DEFAULT_ROWS, 100, MOST);
        int transactions = reader.integer("transactions", DEFAULT_TRANSACTIONS, 0, MOST);
        int perSecond = reader.integer("transactions.per.second", DEFAULT_PER_SECOND, 1, 100_000);
        reader.finish();
        return new ShopSettings(folder, ShopSize.ofRows(rows), new ShopPace(perSecond, transactions));
    }

    private static Path beside(Place place, String text) {
        Path path = Path.of(text);
        return place.line() == 0
                ? path.toAbsolutePath()
                : Path.of(place.file()).toAbsolutePath().resolveSibling(path);
    }
}
