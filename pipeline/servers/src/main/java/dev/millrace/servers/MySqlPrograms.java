package dev.millrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of one release, unpacked, and a data folder to copy, so that only the first server of a machine waits for
 * one to be made.
 */
record MySqlPrograms(MySqlRelease release, Path home, Path template) {
    /** What {@link SharedLibraries} adds to the home. */
    private static final String LIBRARIES = "lib/machine";

    static MySqlPrograms of(MySqlArchive archive, Path cache) {
        MySqlRelease release = archive.release();
        Path home = cache.resolve(archive.name());
        MySqlPrograms programs = new MySqlPrograms(release, home, cache.resolve(archive.name() + "-data"));
        try {
            CachedFolder.of(home).fillOnce(partial -> {
                archive.unpack(partial);
                new SharedLibraries(partial.resolve(LIBRARIES))
                        .complete(partial.resolve(release.distribution().server()));
            });
            CachedFolder.of(programs.template())
                    .fillOnce(
                            partial -> programs.run(release.distribution().initialize(home, partial.toAbsolutePath())));
            return programs;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack " + archive.file() + " into " + cache, e);
        }
    }

    /** Makes a data folder; its server will give itself an identity of its own. */
    void copyTemplate(Path data) throws IOException {
        Programs.execute(List.of("cp", "-a", template.toString(), data.toString()));
        Files.deleteIfExists(data.resolve("auto.cnf"));
    }

    /** A command with the libraries that the machine lacks. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(List.of("env", "LD_LIBRARY_PATH=" + home.resolve(LIBRARIES)));
        all.addAll(command);
        return all;
    }

    private void run(List<String> command) {
        Programs.execute(command(command));
    }
}
