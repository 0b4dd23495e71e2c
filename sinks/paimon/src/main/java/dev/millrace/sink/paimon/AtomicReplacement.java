package dev.millrace.sink.paimon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.local.LocalFileIO;

/** Replaces a file so that no reader sees half of it. An object store does that by itself; a local disk by a rename. */
final class AtomicReplacement {
    private AtomicReplacement() {}

    static void write(FileIO files, Path path, String content) throws IOException {
        if (!(files instanceof LocalFileIO local)) {
            files.overwriteFileUtf8(path, content);
            return;
        }
        Path next = new Path(path.getParent(), "." + path.getName() + ".next");
        local.writeFile(next, content, true);
        Files.move(
                local.toFile(next).toPath(),
                local.toFile(path).toPath(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
