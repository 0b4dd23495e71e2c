package dev.millrace.source.mysql.config;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Secret;
import dev.millrace.source.mysql.wire.ServerAddress;
import dev.millrace.source.mysql.wire.TlsSettings;
import dev.millrace.source.mysql.wire.TlsSettings.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads where the server is, and how connections are protected; also from properties of the JDBC driver, which is not at work here. */
final class ServerReader {
    private static final String PREFIX = "jdbc.properties.";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    /** Read below, or beside the server's address. */
    private static final Set<String> WITH_MEANING = Set.of(
            "sslMode", "useSSL", "requireSSL", "verifyServerCertificate", "connectTimeout", "zeroDateTimeBehavior");
    /** Left aside they would make a connection weaker, or other values of what is read. */
    private static final Map<String, String> INSTEAD = Map.of(
            "trustCertificateKeyStoreUrl", "Write the authorities' PEM file into 'sslrootcert'.",
            "clientCertificateKeyStoreUrl", "Logging in by a client's certificate is not supported: use a password.",
            "tinyInt1isBit", "Use 'treat-tinyint1-as-boolean.enabled'.",
            "yearIsDateType", "A YEAR is a number here: take the key out.",
            "characterEncoding", "Texts are read in the columns' own character sets: take the key out.");
    /** Values of those that ask for what is done anyway. */
    private static final Map<String, String> DONE_ANYWAY =
            Map.of("tinyInt1isBit", "false", "yearIsDateType", "false", "characterEncoding", "utf-?8|utf8mb4");

    private final ConfigReader reader;
    private final Consumer<String> leftAside;

    ServerReader(ConfigReader reader, Consumer<String> leftAside) {
        this.reader = reader;
        this.leftAside = leftAside;
    }

    ServerAddress read(Map<String, String> driver) {
        return new ServerAddress(
                reader.required("hostname"),
                reader.integer("port", 3306, 1, 65_535),
                reader.required("username"),
                reader.secret("password").orElseGet(() -> new Secret("")),
                new TlsSettings(tls(driver), reader.optional("sslrootcert").map(Path::of)),
                connectTimeout(driver));
    }

    /** The driver's properties, those that may not be left aside refused. */
    Map<String, String> driver() {
        Map<String, ConfigValue> found = reader.prefixed(PREFIX);
        found.forEach((key, value) -> {
            String instead = INSTEAD.get(key);
            String anyway = DONE_ANYWAY.getOrDefault(key, "");
            if (instead != null && !value.text().trim().toLowerCase(Locale.ROOT).matches(anyway)) {
                reader.reject(PREFIX + key, "'" + PREFIX + key + "' has no effect here.", instead);
            } else if (!WITH_MEANING.contains(key)) {
                leftAside.accept(PREFIX + key);
            }
        });
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().text().trim()));
    }

    private Mode tls(Map<String, String> driver) {
        Optional<String> own = reader.optional("sslmode");
        if (own.isPresent()) {
            return mode("sslmode", own.get());
        }
        if (driver.containsKey("sslMode")) {
            return mode(PREFIX + "sslMode", driver.getOrDefault("sslMode", ""));
        }
        if (isTrue(driver, "verifyServerCertificate")) {
            return Mode.VERIFY_CA;
        }
        if (isTrue(driver, "requireSSL")) {
            return Mode.REQUIRED;
        }
        return "false".equalsIgnoreCase(driver.get("useSSL")) ? Mode.DISABLED : Mode.PREFERRED;
    }

    private static boolean isTrue(Map<String, String> driver, String key) {
        return "true".equalsIgnoreCase(driver.get(key));
    }

    private Mode mode(String key, String text) {
        String wanted = text.trim().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(wanted))
                .findFirst()
                .orElseGet(() -> {
                    reader.reject(
                            key,
                            "'" + key + "' is '" + text + "'.",
                            "It takes one of disabled, preferred, required, verify_ca, verify_identity.");
                    return Mode.PREFERRED;
                });
    }

    private Duration connectTimeout(Map<String, String> driver) {
        Duration own = reader.duration("connect.timeout", CONNECT_TIMEOUT);
        String millis = driver.get("connectTimeout");
        if (millis == null || reader.optional("connect.timeout").isPresent()) {
            return own;
        }
        try {
            return Duration.ofMillis(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            reader.reject(
                    PREFIX + "connectTimeout",
                    "'" + PREFIX + "connectTimeout' is '" + millis + "'.",
                    "It takes milliseconds; 'connect.timeout: 30s' says the same.");
            return own;
        }
    }
}
