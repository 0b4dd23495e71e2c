package dev.millrace.source.mysql.config;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.source.mysql.snapshot.Locking;
import dev.millrace.source.mysql.types.TypePolicy;
import dev.millrace.source.mysql.types.TypePolicy.Times;
import dev.millrace.source.mysql.types.TypePolicy.ZeroDates;
import dev.millrace.source.mysql.wire.ServerAddress;
import dev.millrace.source.relational.config.TablePatterns;
import dev.millrace.source.relational.config.TablePatterns.Form;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the section {@code source:} of type {@code mysql}. Keys and their meaning are those of Flink CDC's pipeline connector. */
public final class MySqlConfigReader {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlConfigReader.class);

    /** Keys of Flink CDC that tune its own way of reading: nothing here depends on them. */
    private static final List<String> WITHOUT_MEANING = List.of(
            "chunk-key.even-distribution.factor.lower-bound",
            "chunk-key.even-distribution.factor.upper-bound",
            "chunk-meta.group.size",
            "connect.max-retries",
            "connection.pool.size",
            "include-comments.enabled",
            "name",
            "scan.binlog.newly-added-table.enabled",
            "scan.incremental.close-idle-reader.enabled",
            "scan.incremental.snapshot.backfill.skip",
            "scan.incremental.snapshot.chunk.key-column",
            "scan.incremental.snapshot.enabled",
            "scan.incremental.snapshot.unbounded-chunk-first.enabled",
            "scan.newly-added-table.enabled",
            "scan.only.deserialize.captured.tables.changelog.enabled",
            "scan.parallel-deserialize-changelog.enabled",
            "scan.parse.online.schema.changes.enabled",
            "scan.snapshot.fetch.size",
            "schema-change.enabled",
            "server-time-zone",
            "split-key.even-distribution.factor.lower-bound",
            "split-key.even-distribution.factor.upper-bound",
            "use.legacy.json.format");

    private static final Pattern SERVER_ID = Pattern.compile("([0-9]{1,10})(?:\\s*-\\s*([0-9]{1,10}))?");
    private static final long LARGEST_ID = 0xffffffffL;
    /** Ids that people choose are mostly small. */
    private static final long FIRST_DERIVED_ID = 1L << 30;

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration LONGEST_HEARTBEAT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_HEARTBEAT = Duration.ofSeconds(1);

    /** As the file spells it: a plain {@code null} is no text there. */
    private enum ZeroDate {
        REFUSE,
        AS_NULL
    }

    private final ConfigReader reader;

    private MySqlConfigReader(ConfigSection section) {
        this.reader = new ConfigReader(section);
    }

    /**
     * @param pipeline the pipeline's name, from which the server id follows where the section names none
     * @throws dev.millrace.config.ConfigException with all problems
     */
    public static MySqlConfig read(ConfigSection section, String pipeline) {
        return new MySqlConfigReader(section).read(pipeline);
    }

    private MySqlConfig read(String pipeline) {
        TablePatterns tables = tables();
        ServerReader servers = new ServerReader(reader, this::note);
        Map<String, String> driver = servers.driver();
        ServerAddress server = servers.read(driver);
        long replica = replica(pipeline);
        Startup startup = new StartupReader(reader).read();
        Locking locking = locking();
        OptionalInt chunkRows = chunkRows();
        TypePolicy types = types(driver);
        Duration heartbeat = heartbeat();
        WITHOUT_MEANING.forEach(key -> reader.optional(key).ifPresent(value -> note(key)));
        MySqlDebeziumKeys.KEYS.read(reader, this::note);
        refused();
        reader.finish();
        return new MySqlConfig(server, tables, replica, startup, locking, chunkRows, heartbeat, types);
    }

    private TablePatterns tables() {
        String tables = reader.required("tables");
        String excluded = reader.text("tables.exclude", "");
        try {
            return TablePatterns.parse(Form.DATABASES, tables, excluded);
        } catch (IllegalArgumentException e) {
            if (!tables.isEmpty()) {
                reader.reject(
                        "tables",
                        "'tables' can't be used: " + e.getMessage() + ".",
                        "Write database.table, separated by commas, for example shop.\\.*");
            }
            return TablePatterns.none();
        }
    }

    /** Of a range one is enough: only one session reads the log, however many read the snapshot. */
    private long replica(String pipeline) {
        String text = reader.text("server-id", "").trim();
        if (text.isEmpty()) {
            return derivedId(pipeline);
        }
        Matcher ids = SERVER_ID.matcher(text);
        if (ids.matches()) {
            long first = Long.parseLong(ids.group(1));
            long last = ids.group(2) == null ? first : Long.parseLong(ids.group(2));
            if (first >= 1 && first <= last && last <= LARGEST_ID) {
                return first;
            }
        }
        reader.reject(
                "server-id",
                "'server-id' is '" + text + "'.",
                "It takes a number from 1 to " + LARGEST_ID
                        + " that no server and no other reader has, or a range such as 5401-5404.");
        return 1;
    }

    /** The same at each start, so that the server ends a session that a crash has left behind when the next one comes. */
    static long derivedId(String pipeline) {
        return FIRST_DERIVED_ID + (pipeline.hashCode() & (FIRST_DERIVED_ID - 1));
    }

    private Locking locking() {
        if (reader.text("snapshot.locking", "").trim().toLowerCase(Locale.ROOT).equals("optimistic")) {
            reader.reject(
                    "snapshot.locking",
                    "'snapshot.locking' is optimistic, which is not offered.",
                    "Two equal looks at gtid_executed don't prove that nothing was committed between them: use auto, global or table.");
            return Locking.AUTO;
        }
        return reader.choice("snapshot.locking", Locking.AUTO);
    }

    private OptionalInt chunkRows() {
        int rows = reader.integer("scan.incremental.snapshot.chunk.size", 0, 0, Integer.MAX_VALUE);
        return rows == 0 ? OptionalInt.empty() : OptionalInt.of(rows);
    }

    private TypePolicy types(Map<String, String> driver) {
        boolean tinyint1 = reader.flag("treat-tinyint1-as-boolean.enabled", false);
        ZeroDates ofDriver = zeroDates(driver.getOrDefault("zeroDateTimeBehavior", "EXCEPTION"));
        ZeroDates zeroDates =
                switch (reader.choice("zero-dates", ofDriver == ZeroDates.NULL ? ZeroDate.AS_NULL : ZeroDate.REFUSE)) {
                    case REFUSE -> ZeroDates.REFUSE;
                    case AS_NULL -> ZeroDates.NULL;
                };
        return new TypePolicy(zeroDates, reader.choice("time.as", Times.OF_DAY), tinyint1);
    }

    private ZeroDates zeroDates(String ofDriver) {
        return switch (ofDriver.toUpperCase(Locale.ROOT)) {
            case "EXCEPTION" -> ZeroDates.REFUSE;
            case "CONVERT_TO_NULL", "CONVERTTONULL" -> ZeroDates.NULL;
            default -> {
                reader.reject(
                        "jdbc.properties.zeroDateTimeBehavior",
                        "'jdbc.properties.zeroDateTimeBehavior' is '" + ofDriver + "'.",
                        "Write 'zero-dates: refuse' or 'zero-dates: as-null'.");
                yield ZeroDates.REFUSE;
            }
        };
    }

    /** Flink CDC's are much the same: there, too, they come while nothing else does. */
    private Duration heartbeat() {
        Duration wanted = reader.duration("heartbeat.interval", HEARTBEAT);
        if (wanted.compareTo(SHORTEST_HEARTBEAT) < 0) {
            return SHORTEST_HEARTBEAT;
        }
        return wanted.compareTo(LONGEST_HEARTBEAT) > 0 ? LONGEST_HEARTBEAT : wanted;
    }

    /** Keys of Flink CDC that would change the data and that nothing here follows. */
    private void refused() {
        reader.optional("metadata.list")
                .ifPresent(list -> reader.reject(
                        "metadata.list",
                        "'metadata.list' asks for columns (" + list + ") that are not added here.",
                        "Take the key out; tables arrive with their own columns."));
        if (reader.flag("scan.read-changelog-as-append-only.enabled", false)) {
            reader.reject(
                    "scan.read-changelog-as-append-only.enabled",
                    "'scan.read-changelog-as-append-only.enabled' would make insertions of all changes.",
                    "Take the key out: updates and deletions arrive as what they are.");
        }
    }

    private void note(String key) {
        LOG.info("{}: '{}' has no meaning here and is left aside", reader.place(key), key);
    }
}
