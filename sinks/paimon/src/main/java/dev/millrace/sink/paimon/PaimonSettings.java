package dev.millrace.sink.paimon;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sink's section of the pipeline file.
 *
 * @param warehouse     where tables live, as an absolute path or URI
 * @param catalog       Paimon's catalog options, without the prefix; may hold secrets: never printed
 * @param tableOptions  options of the tables that the sink creates
 * @param commitUser    the first part of the name by which commits are signed
 * @param partitionKeys by {@code database.table}, the columns by which a table is partitioned
 */
record PaimonSettings(
        String warehouse,
        Map<String, String> catalog,
        Map<String, String> tableOptions,
        String commitUser,
        Map<String, List<String>> partitionKeys) {
    private static final String DEFAULT_COMMIT_USER = "millrace";

    /** @throws dev.millrace.config.ConfigException with all problems */
    static PaimonSettings read(ConfigSection section) {
        ConfigReader reader = new ConfigReader(section);
        reader.optional("type");
        reader.optional("name");
        Map<String, String> catalog = texts(reader.prefixed("catalog.properties."));
        Map<String, String> tableOptions = texts(reader.prefixed("table.properties."));
        String warehouse = reader.optional("warehouse").orElse(catalog.getOrDefault("warehouse", ""));
        if (warehouse.isBlank()) {
            reader.reject(
                    "catalog.properties.warehouse",
                    "'" + section.name() + "' does not say where the warehouse is.",
                    "Add 'warehouse: ' with a folder or an s3:// address.");
        }
        TableOptions.brokenPromise(tableOptions)
                .ifPresent(
                        broken -> reader.reject("table.properties." + broken.option(), broken.message(), broken.fix()));
        Map<String, List<String>> partitionKeys = partitionKeys(reader);
        String commitUser = reader.text("commit.user", DEFAULT_COMMIT_USER);
        reader.finish();
        String key = section.values().containsKey("warehouse") ? "warehouse" : "catalog.properties.warehouse";
        String location = absolute(warehouse, reader.place(key));
        catalog.put("warehouse", location);
        return new PaimonSettings(location, catalog, tableOptions, commitUser, partitionKeys);
    }

    /** The kind of Paimon catalog, where it is not the file system's. */
    Optional<String> metastore() {
        return Optional.ofNullable(catalog.get("metastore"));
    }

    @Override
    public String toString() {
        return "PaimonSettings[" + warehouse + "]";
    }

    private static Map<String, String> texts(Map<String, ConfigValue> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    private static Map<String, List<String>> partitionKeys(ConfigReader reader) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (String entry : reader.text("partition.key", "").split(";", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            int colon = entry.lastIndexOf(':');
            if (colon < 1 || colon == entry.length() - 1) {
                reader.reject(
                        "partition.key",
                        "'" + entry.trim() + "' is not of the form database.table:column,column.",
                        "Write for example 'shop.orders:country,day;shop.payments:day'.");
                continue;
            }
            keys.put(
                    entry.substring(0, colon).trim(),
                    List.of(entry.substring(colon + 1).trim().split("\\s*,\\s*", -1)));
        }
        return keys;
    }

    /** A relative folder is beside the pipeline file, wherever the command is started; one of the command line is not. */
    private static String absolute(String warehouse, Place place) {
        if (warehouse.isBlank() || warehouse.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
            return warehouse;
        }
        Path folder = Path.of(warehouse);
        Path beside = place.line() > 0 ? Path.of(place.file()).resolveSibling(folder) : folder;
        return beside.toAbsolutePath().normalize().toString();
    }
}
