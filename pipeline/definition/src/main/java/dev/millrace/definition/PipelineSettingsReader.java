package dev.millrace.definition;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Reads {@code pipeline:}. Keys of Flink CDC that have no effect here are accepted and noted. */
final class PipelineSettingsReader {
    private static final String STATE_DIRECTORY = "STATE_DIRECTORY";
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
    private static final long DEFAULT_BYTES = 1L << 30;
    private static final long LEAST_BYTES = 64L << 10;
    private static final int MOST_TASKS = 64;
    private static final int DEFAULT_MOST_TASKS = 4;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
    private static final List<String> BEHAVIORS = List.of("exception", "evolve", "try_evolve", "lenient", "ignore");

    private final PipelineFile file;
    private final List<Note> notes;

    PipelineSettingsReader(PipelineFile file, List<Note> notes) {
        this.file = file;
        this.notes = notes;
    }

    PipelineSettings read(ConfigSection section) {
        ConfigReader reader = new ConfigReader(section);
        String name = reader.text(PipelineKeys.NAME, fileName());
        if (name.isBlank()) {
            reader.reject(PipelineKeys.NAME, "'name' is empty.", "Give it a name, or leave the line out.");
        }
        int parallelism = reader.integer(PipelineKeys.PARALLELISM, defaultParallelism(), 1, MOST_TASKS);
        Duration interval = reader.duration(PipelineKeys.CHECKPOINT_INTERVAL, DEFAULT_INTERVAL);
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            reader.reject(
                    PipelineKeys.CHECKPOINT_INTERVAL,
                    "'checkpoint.interval' is below 10 ms.",
                    "Take a second or more.");
        }
        long bytes = reader.bytes(PipelineKeys.CHECKPOINT_BYTES, DEFAULT_BYTES);
        if (bytes < LEAST_BYTES) {
            reader.reject(PipelineKeys.CHECKPOINT_BYTES, "'checkpoint.bytes' is below 64 KB.", "Take 64mb or more.");
        }
        Path workFolder = workFolder(name);
        URI state = state(reader, workFolder);
        readFlinkModes(reader);
        noteWithoutEffect(reader);
        ConfigSection options = stateOptions(reader, section);
        reader.finish();
        return new PipelineSettings(name, parallelism, interval, bytes, state, workFolder, options);
    }

    private String fileName() {
        String name = file.path().toAbsolutePath().normalize().getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static int defaultParallelism() {
        return Math.min(Runtime.getRuntime().availableProcessors(), DEFAULT_MOST_TASKS);
    }

    /** Under systemd the folder that the unit is given to write to; its file's own may be read-only there. */
    private Path workFolder(String name) {
        String given = file.environment().getOrDefault(STATE_DIRECTORY, "");
        Path root = given.isBlank() ? file.folder().resolve(".millrace") : Path.of(given.split(":", -1)[0]);
        return root.resolve(folderName(name));
    }

    private URI state(ConfigReader reader, Path workFolder) {
        String text = reader.text(PipelineKeys.STATE, "");
        if (text.isEmpty()) {
            return uri(workFolder);
        }
        if (!SCHEME.matcher(text).matches()) {
            boolean inFile = reader.place(PipelineKeys.STATE).line() > 0;
            return uri(inFile ? file.folder().resolve(text) : Path.of(text));
        }
        try {
            URI uri = new URI(text);
            if (!uri.isOpaque()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // rejected below, like an opaque one
        }
        reader.reject(
                PipelineKeys.STATE,
                "'state' is neither a folder nor a URI.",
                "Write a path, or a URI as s3://bucket/folder.");
        return uri(file.folder());
    }

    private static URI uri(Path folder) {
        try {
            return new URI("file", null, folder.toAbsolutePath().normalize().toString(), null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name as a folder; where characters had to go, told apart by a sum of the name, so that two names are two folders. */
    static String folderName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        if (plain.equals(name) && !plain.startsWith(".")) {
            return plain;
        }
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return plain.replaceFirst("^[.-]+", "") + "-" + Long.toHexString(sum.getValue());
    }

    private void readFlinkModes(ConfigReader reader) {
        if (RouteMode.parse(reader.text(PipelineKeys.ROUTE_MODE, RouteMode.ALL_MATCH.name()))
                .isEmpty()) {
            reader.reject(PipelineKeys.ROUTE_MODE, "'route-mode' is not known.", "It takes ALL_MATCH or FIRST_MATCH.");
        }
        String mode = reader.text(PipelineKeys.RUNTIME_MODE, "STREAMING").toUpperCase(Locale.ROOT);
        if (!mode.equals("STREAMING")) {
            reader.reject(
                    PipelineKeys.RUNTIME_MODE,
                    "'execution.runtime-mode' can only be STREAMING.",
                    "For a run that ends, start it with --until-caught-up.");
        }
        String behavior =
                reader.text(PipelineKeys.SCHEMA_CHANGE_BEHAVIOR, "exception").toLowerCase(Locale.ROOT);
        if (!BEHAVIORS.contains(behavior)) {
            reader.reject(
                    PipelineKeys.SCHEMA_CHANGE_BEHAVIOR,
                    "'schema.change.behavior' is not known.",
                    "It takes one of " + String.join(", ", BEHAVIORS) + ".");
        } else if (!behavior.equals("exception")) {
            notes.add(new Note(
                    reader.place(PipelineKeys.SCHEMA_CHANGE_BEHAVIOR),
                    "'schema.change.behavior: " + behavior + "' acts as 'exception': a schema change that the sink"
                            + " can't take stops the pipeline, none is passed over."));
        }
    }

    private void noteWithoutEffect(ConfigReader reader) {
        PipelineKeys.WITHOUT_EFFECT.forEach((key, reason) -> {
            if (reader.optional(key).isPresent()) {
                notes.add(withoutEffect(reader.place(key), key, reason));
            }
        });
        reader.prefixed("flink-conf")
                .forEach((key, value) ->
                        notes.add(withoutEffect(value.place(), "flink-conf" + key, PipelineKeys.FLINK_ONLY)));
    }

    private static Note withoutEffect(Place place, String key, String reason) {
        return new Note(place, "'" + key + "' has no effect: " + reason + ".");
    }

    private static ConfigSection stateOptions(ConfigReader reader, ConfigSection section) {
        Map<String, ConfigValue> options = new LinkedHashMap<>(reader.prefixed(PipelineKeys.STATE_PREFIX));
        return new ConfigSection("pipeline.state", section.place(), options);
    }
}
