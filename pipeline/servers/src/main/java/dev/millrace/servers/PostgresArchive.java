package dev.millrace.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One version of PostgreSQL's programs for one platform, packed as a class-path resource. Who brings such resources
 * lists them in a resource {@value #INDEX}, a line each: version, platform, resource.
 */
record PostgresArchive(String version, String platform, String resource) {
    static final String INDEX = "META-INF/millrace/postgres-binaries";

    static PostgresArchive find(int major, Platform platform) {
        List<PostgresArchive> all = listed();
        return all.stream()
                .filter(archive -> archive.version().startsWith(major + "."))
                .filter(archive -> archive.platform().equals(platform.toString()))
                .filter(PostgresArchive::isThere)
                .findFirst()
                .orElseThrow(() -> new ServerException("PostgreSQL " + major + " for " + platform
                        + " is not on the class path. There are: " + describe(all)));
    }

    InputStream open() throws IOException {
        InputStream stream = PostgresArchive.class.getClassLoader().getResourceAsStream(resource);
        if (stream == null) {
            throw new ServerException(INDEX + " lists " + resource + ", which is not on the class path");
        }
        return stream;
    }

    private boolean isThere() {
        return PostgresArchive.class.getClassLoader().getResource(resource) != null;
    }

    private static List<PostgresArchive> listed() {
        return PostgresArchive.class
                .getClassLoader()
                .resources(INDEX)
                .flatMap(PostgresArchive::lines)
                .filter(line -> !line.startsWith("#"))
                .map(PostgresArchive::parse)
                .distinct()
                .toList();
    }

    private static Stream<String> lines(URL index) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
            return reader.lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresArchive parse(String line) {
        String[] words = line.split(" ", 3);
        return new PostgresArchive(words[0], words[1], words[2]);
    }

    private static String describe(List<PostgresArchive> archives) {
        return archives.isEmpty()
                ? "none"
                : archives.stream()
                        .map(a -> a.version() + " for " + a.platform())
                        .collect(Collectors.joining(", "));
    }
}
