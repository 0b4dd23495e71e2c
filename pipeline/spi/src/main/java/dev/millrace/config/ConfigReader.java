package dev.millrace.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the keys of one section into a connector's own record and gathers every problem on the way: a key that is missing,
 * a value that can't be read, and, in {@link #finish}, every key that nobody asked for, with the nearest known one.
 * After a problem the reader goes on with the default (or a stand-in), so that one run shows them all; nothing read so may
 * be used before {@link #finish} has returned.
 */
public final class ConfigReader {
    private final ConfigSection section;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> knownPrefixes = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    public ConfigReader(ConfigSection section) {
        this.section = section;
    }

    public String required(String key) {
        return find(key).map(ConfigValue::text).orElseGet(() -> {
            missing(key);
            return "";
        });
    }

    public Optional<String> optional(String key) {
        return find(key).map(ConfigValue::text);
    }

    public String text(String key, String byDefault) {
        return optional(key).orElse(byDefault);
    }

    public Optional<Secret> secret(String key) {
        return find(key).map(value -> new Secret(value.text()));
    }

    public int integer(String key, int byDefault, int least, int most) {
        String wanted = "a whole number from " + least + " to " + most;
        return parse(key, byDefault, wanted, text -> {
            int value = Integer.parseInt(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    public boolean flag(String key, boolean byDefault) {
        return parse(key, byDefault, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** Written as {@code 500ms}, {@code 10s}, {@code 5min}, {@code 1h}, {@code 2d} (also with a blank and in Flink's longer spellings) or ISO-8601. */
    public Duration duration(String key, Duration byDefault) {
        return parse(key, byDefault, "a duration such as 500ms, 10s, 5min or 1h", Units::duration);
    }

    /** Written as {@code 64mb}, {@code 1gb}, {@code 512kb} or a number of bytes. */
    public long bytes(String key, long byDefault) {
        return parse(key, byDefault, "a size such as 64mb or 1gb", Units::bytes);
    }

    /** One of an enum's names, in the file as lower case with dashes. */
    public <E extends Enum<E>> E choice(String key, E byDefault) {
        E[] all = byDefault.getDeclaringClass().getEnumConstants();
        String wanted = "one of "
                + String.join(
                        ", ", Arrays.stream(all).map(ConfigReader::spelling).toList());
        return parse(
                key,
                byDefault,
                wanted,
                text -> Arrays.stream(all)
                        .filter(each -> spelling(each).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(text)));
    }

    /** The values whose keys begin with the prefix, by the rest of their key. */
    public Map<String, ConfigValue> prefixed(String prefix) {
        knownPrefixes.add(prefix);
        Map<String, ConfigValue> found = new LinkedHashMap<>();
        section.values().forEach((key, value) -> {
            if (key.startsWith(prefix) && key.length() > prefix.length()) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** Where the key stands, or where its section begins. */
    public Place place(String key) {
        ConfigValue value = section.values().get(key);
        return value == null ? section.place() : value.place();
    }

    /** Adds a problem that only the connector can see, at the key's place. */
    public void reject(String key, String message, String fix) {
        problems.add(new Problem(place(key), message, fix));
    }

    /** Throws a {@link ConfigException} with all problems, if there are any. */
    public void finish() {
        section.values().forEach((key, value) -> {
            if (!known.contains(key) && knownPrefixes.stream().noneMatch(key::startsWith)) {
                problems.add(new Problem(
                        value.place(), "Unknown key '" + key + "' in " + section.name() + ".", suggestion(key)));
            }
        });
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt((Problem p) -> p.place().line())
                    .thenComparingInt(p -> p.place().column()));
            throw new ConfigException(problems);
        }
    }

    private Optional<ConfigValue> find(String key) {
        known.add(key);
        return Optional.ofNullable(section.values().get(key));
    }

    private <T> T parse(String key, T byDefault, String wanted, Function<String, T> parser) {
        Optional<ConfigValue> value = find(key);
        if (value.isEmpty()) {
            return byDefault;
        }
        try {
            return parser.apply(value.get().text().trim());
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            reject(key, "'" + key + "' is '" + value.get() + "'.", "It takes " + wanted + ".");
            return byDefault;
        }
    }

    private void missing(String key) {
        problems.add(
                new Problem(section.place(), "'" + section.name() + "' lacks '" + key + "'.", "Add '" + key + ": …'."));
    }

    private String suggestion(String key) {
        return Nearest.to(key, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Known keys: " + String.join(", ", known) + ".");
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
