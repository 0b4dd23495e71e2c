package dev.millrace.sink.jsonl;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Files that are there after a power cut, whole, once a call returns. */
final class DurableFiles {
    private DurableFiles() {}

    static void forceAndRename(Path unfinished, Path target) throws IOException {
        force(unfinished, StandardOpenOption.WRITE);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        force(Objects.requireNonNull(target.getParent()), StandardOpenOption.READ);
    }

    /** Writes a small file; whoever looks for it sees nothing or all of it. */
    static void write(Path target, byte[] content) throws IOException {
        Files.createDirectories(target.getParent());
        Path unfinished = target.resolveSibling("." + target.getFileName() + Folders.UNFINISHED);
        Files.write(unfinished, content);
        forceAndRename(unfinished, target);
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
