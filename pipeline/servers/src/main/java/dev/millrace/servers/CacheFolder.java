package dev.millrace.servers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where unpacked programs are kept: the system property {@value #PROPERTY}, else the environment's {@value #VARIABLE},
 * else {@code $XDG_CACHE_HOME/millrace}, else {@code ~/.cache/millrace}.
 */
final class CacheFolder {
    static final String PROPERTY = "millrace.cache";
    static final String VARIABLE = "MILLRACE_CACHE";

    private CacheFolder() {}

    static Path path() {
        String chosen = firstNonBlank(System.getProperty(PROPERTY), System.getenv(VARIABLE));
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath();
        }
        String xdg = firstNonBlank(System.getenv("XDG_CACHE_HOME"), null);
        Path base = xdg != null ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("millrace").toAbsolutePath();
    }

    private static @Nullable String firstNonBlank(@Nullable String first, @Nullable String second) {
        return first != null && !first.isBlank() ? first : second != null && !second.isBlank() ? second : null;
    }
}
