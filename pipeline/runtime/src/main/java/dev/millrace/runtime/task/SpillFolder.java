package dev.millrace.runtime.task;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where both ends put what does not fit into memory: worthless after a restart. */
record SpillFolder(Path source, Path sink) {

    /** Makes the folder, without what an earlier run has left there. */
    static SpillFolder empty(Path root) {
        try {
            SpillFolder folder = new SpillFolder(root.resolve("source"), root.resolve("sink"));
            for (Path part : List.of(folder.source, folder.sink)) {
                remove(part);
                Files.createDirectories(part);
            }
            return folder;
        } catch (IOException | UncheckedIOException e) {
            throw new MillraceException(
                    RuntimeCode.STATE_IO,
                    "Can't empty the folder for spilled rows, " + root + ": " + e.getMessage() + ".",
                    "Check the disk and the rights of this folder.",
                    e);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
