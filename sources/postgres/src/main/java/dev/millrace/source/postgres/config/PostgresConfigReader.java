package dev.millrace.source.postgres.config;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.source.postgres.connection.ServerAddress;
import dev.millrace.source.postgres.connection.TlsSettings;
import dev.millrace.source.relational.config.TablePatterns;
import dev.millrace.source.relational.config.TablePatterns.Form;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the section {@code source:} of type {@code postgres}. Keys and their meaning are those of Flink CDC's pipeline connector. */
public final class PostgresConfigReader {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresConfigReader.class);

    /** Keys of Flink CDC that tune its own way of reading: nothing here depends on them. */
    private static final List<String> WITHOUT_MEANING = List.of(
            "chunk-key.even-distribution.factor.lower-bound",
            "chunk-key.even-distribution.factor.upper-bound",
            "chunk-meta.group.size",
            "connect.max-retries",
            "connection.pool.size",
            "heartbeat.interval",
            "include-comments.enabled",
            "name",
            "scan.incremental.close-idle-reader.enabled",
            "scan.incremental.snapshot.backfill.skip",
            "scan.incremental.snapshot.chunk.key-column",
            "scan.incremental.snapshot.unbounded-chunk-first.enabled",
            "scan.lsn-commit.checkpoints-num-delay",
            "scan.snapshot.fetch.size",
            "server-time-zone",
            "split-key.even-distribution.factor.lower-bound",
            "split-key.even-distribution.factor.upper-bound");

    private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");
    private static final int LONGEST_NAME = 63;

    private final ConfigReader reader;

    private PostgresConfigReader(ConfigSection section) {
        this.reader = new ConfigReader(section);
    }

    /**
     * @param pipeline the pipeline's name, from which slot and publication have theirs where the section names none
     * @throws dev.millrace.config.ConfigException with all problems
     */
    public static PostgresConfig read(ConfigSection section, String pipeline) {
        return new PostgresConfigReader(section).read(pipeline);
    }

    private PostgresConfig read(String pipeline) {
        TablePatterns tables = tables();
        ServerAddress server = server(tables.database());
        String slot = slot(reader.text("slot.name", derivedName(pipeline)));
        String publication = reader.text("publication.name", slot);
        StartupMode startup = reader.choice("scan.startup.mode", StartupMode.INITIAL);
        OptionalInt chunkRows = chunkRows();
        plugin();
        schemaChanges();
        withoutMeaning();
        refused();
        reader.finish();
        return new PostgresConfig(server, tables, slot, publication, startup, chunkRows);
    }

    private TablePatterns tables() {
        String tables = reader.required("tables");
        String excluded = reader.text("tables.exclude", "");
        try {
            return TablePatterns.parse(Form.SCHEMAS_OF_ONE_DATABASE, tables, excluded);
        } catch (IllegalArgumentException e) {
            if (!tables.isEmpty()) {
                reader.reject(
                        "tables",
                        "'tables' can't be used: " + e.getMessage() + ".",
                        "Write database.schema.table, separated by commas, for example shop.public.\\.*");
            }
            return TablePatterns.none();
        }
    }

    private ServerAddress server(String database) {
        return new ServerAddress(
                reader.required("hostname"),
                reader.integer("port", 5432, 1, 65_535),
                database,
                reader.required("username"),
                reader.secret("password"),
                new TlsSettings(
                        reader.choice("sslmode", TlsSettings.Mode.PREFER),
                        reader.optional("sslrootcert"),
                        reader.optional("sslcert"),
                        reader.optional("sslkey")),
                reader.duration("connect.timeout", Duration.ofSeconds(30)),
                reader.prefixed("jdbc.properties.").entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().text())));
    }

    private String slot(String name) {
        if (!SLOT_NAME.matcher(name).matches()) {
            reader.reject(
                    "slot.name",
                    "'slot.name' is '" + name + "'.",
                    "A slot's name has up to 63 lower-case letters, digits and underscores.");
        }
        return name;
    }

    /** A name that is the pipeline's as far as a slot's name allows; where it does not, a hash of it keeps names apart. */
    public static String derivedName(String pipeline) {
        String plain = pipeline.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        String name = "millrace_" + plain;
        if (plain.equals(pipeline) && name.length() <= LONGEST_NAME) {
            return name;
        }
        String hash = HexFormat.of().toHexDigits(pipeline.hashCode());
        int room = LONGEST_NAME - hash.length() - 1;
        return name.substring(0, Math.min(name.length(), room)) + "_" + hash;
    }

    private OptionalInt chunkRows() {
        int rows = reader.integer("scan.incremental.snapshot.chunk.size", 0, 0, Integer.MAX_VALUE);
        return rows == 0 ? OptionalInt.empty() : OptionalInt.of(rows);
    }

    private void plugin() {
        String plugin = reader.text("decoding.plugin.name", "pgoutput");
        if (!plugin.equals("pgoutput")) {
            reader.reject(
                    "decoding.plugin.name",
                    "'decoding.plugin.name' is '" + plugin + "'.",
                    "Only pgoutput, which every server has, is read: leave the key out.");
        }
    }

    private void schemaChanges() {
        reader.flag("schema-change.enabled", true);
    }

    private void withoutMeaning() {
        WITHOUT_MEANING.forEach(key -> reader.optional(key).ifPresent(value -> note(key)));
        PostgresDebeziumKeys.KEYS.read(reader, this::note);
    }

    /** Keys of Flink CDC that would change the data and that nothing here follows. */
    private void refused() {
        reader.optional("metadata.list")
                .ifPresent(list -> reader.reject(
                        "metadata.list",
                        "'metadata.list' asks for columns (" + list + ") that are not added here.",
                        "Take the key out; tables arrive with their own columns."));
        reader.optional("table-id.include-database")
                .ifPresent(flag -> reader.reject(
                        "table-id.include-database",
                        "'table-id.include-database' has no effect here.",
                        "Take the key out: 'source-table' of a route matches schema.table and database.schema.table, and"
                                + " 'sink-table' says how the table is called in the sink."));
    }

    private void note(String key) {
        LOG.info("{}: '{}' has no meaning here and is left aside", reader.place(key), key);
    }
}
