package dev.millrace.sink.paimon.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.paimon.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
    private final LocalDisk disk = new LocalDisk();

    @TempDir
    java.nio.file.Path folder;

    @Test
    void givesANameToOneOfManyThatWantItAtOnce() throws Exception {
        Path snapshot = new Path(folder.toUri() + "table/snapshot/snapshot-1");
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String content = "writer " + i;
            writers.add(() -> new LocalDisk().tryToWriteAtomic(snapshot, content));
        }
        int winner = -1;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
            List<Future<Boolean>> answers = threads.invokeAll(writers);
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).get()) {
                    assertThat(winner).isEqualTo(-1);
                    winner = i;
                }
            }
        }
        assertThat(disk.readFileUtf8(snapshot)).isEqualTo("writer " + winner);
        assertThat(filesBesides(snapshot)).isEmpty();
    }

    @Test
    void replacesAFileAndLeavesNothingBesideIt() throws Exception {
        Path latest = new Path(folder.toUri() + "latest");
        disk.overwriteFileUtf8(latest, "first, and longer");
        disk.overwriteFileUtf8(latest, "second");
        assertThat(disk.readFileUtf8(latest)).isEqualTo("second");
        disk.overwriteHintFile(latest, "3");
        assertThat(disk.readFileUtf8(latest)).isEqualTo("3");
        assertThat(filesBesides(latest)).isEmpty();
    }

    private static List<java.nio.file.Path> filesBesides(Path path) throws Exception {
        java.nio.file.Path file = java.nio.file.Path.of(path.toUri().getPath());
        try (Stream<java.nio.file.Path> all = Files.list(file.getParent())) {
            return all.filter(other -> !other.equals(file)).toList();
        }
    }
}
