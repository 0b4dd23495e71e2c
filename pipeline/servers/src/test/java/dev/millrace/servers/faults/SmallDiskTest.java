package dev.millrace.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SmallDiskTest {
    private static final int SIZE = 1024 * 1024;

    @Test
    void isFullBehindItsSizeUntilItGrows() throws IOException {
        try (SmallDisk disk = SmallDisk.ofBytes(SIZE)) {
            Path file = disk.folder().resolve("file");
            assertThatThrownBy(() -> Files.write(file, new byte[2 * SIZE])).hasMessageContaining("No space left");
            assertThat(Files.size(file)).isLessThanOrEqualTo(SIZE);

            disk.resize(4L * SIZE);
            Files.write(file, new byte[2 * SIZE]);
            assertThat(file).hasSize(2 * SIZE);
        }
    }

    @Test
    void isFullOnceItIsFilledUntilItGrows() throws IOException {
        try (SmallDisk disk = SmallDisk.ofBytes(SIZE)) {
            Path file = disk.folder().resolve("file");
            disk.fill();
            assertThatThrownBy(() -> Files.write(file, new byte[1])).hasMessageContaining("No space left");

            disk.resize(2L * SIZE);
            Files.write(file, new byte[SIZE / 2]);
            assertThat(file).hasSize(SIZE / 2);
        }
    }

    @Test
    void canBeMadeReadOnlyForRootToo() throws IOException {
        try (SmallDisk disk = SmallDisk.ofBytes(SIZE)) {
            Path file = Files.createFile(disk.folder().resolve("file"));
            disk.makeReadOnly();
            assertThatThrownBy(() -> Files.writeString(file, "no")).hasMessageContaining("Read-only");
            disk.makeWritable();
            Files.writeString(file, "yes");
            assertThat(file).hasContent("yes");
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        SmallDisk disk = SmallDisk.ofBytes(SIZE);
        Files.createFile(disk.folder().resolve("file"));
        disk.close();
        assertThat(disk.folder()).doesNotExist();
    }
}
