package dev.millrace.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The programs of one release, packed as a ZIP file somewhere on this machine. Who fetched such files lists them in a
 * resource {@value #INDEX}, a line each: release, platform, file.
 */
record MySqlArchive(MySqlRelease release, Path file) {
    static final String INDEX = "META-INF/millrace/mysql-binaries";

    static MySqlArchive find(MySqlRelease release, Platform platform) {
        Path file = listed().stream()
                .map(line -> line.split(" ", 3))
                .filter(words -> words[0].equals(release.name()) && words[1].equals(platform.toString()))
                .map(words -> Path.of(words[2]))
                .findFirst()
                .orElseThrow(() -> new ServerException(release + " for " + platform + " is not listed by a resource "
                        + INDEX + " on the class path: the module millrace-mysql-binaries has one"));
        if (!Files.isRegularFile(file)) {
            throw new ServerException("The programs of " + release + " were not fetched: " + file
                    + " is missing. Run the tests by" + " 'mvn -pl <module> -am test', which fetches them first");
        }
        return new MySqlArchive(release, file);
    }

    /** Changes with the archive. */
    String name() {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    void unpack(Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Optional<String> place = release.distribution().place(entry.getName());
                if (place.isPresent() && !entry.isDirectory()) {
                    unpack(zip, entry, folder, place.get());
                }
            }
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path folder, String place) throws IOException {
        Path target = folder.resolve(place).normalize();
        Path parent = target.getParent();
        if (parent == null || !target.startsWith(folder)) {
            throw new IOException("The archive's entry " + entry.getName() + " points out of its folder");
        }
        Files.createDirectories(parent);
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, target);
        }
        if (place.startsWith("bin/") || place.startsWith("scripts/")) {
            TarXz.makeExecutable(target);
        }
    }

    private static List<String> listed() {
        try (InputStream stream = MySqlArchive.class.getClassLoader().getResourceAsStream(INDEX)) {
            if (stream == null) {
                return List.of();
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
