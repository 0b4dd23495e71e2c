package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SpoolTest {
    private static final int MEMORY = 1_000;
    private static final Path FOLDER = temporaryFolder();

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("spool");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 500)
    void givesMessagesOfEverySizeBackInOrder(
            @ForAll @Size(max = 60) List<@IntRange(max = 3 * MEMORY) Integer> sizes, @ForAll long seed) {
        Random random = new Random(seed);
        List<byte[]> messages = new ArrayList<>();
        try (Spool spool = new Spool(FOLDER, MEMORY, 7)) {
            for (int size : sizes) {
                byte[] message = new byte[size + 2];
                random.nextBytes(message);
                spool.add(message, 1, size);
                messages.add(Arrays.copyOfRange(message, 1, size + 1));
                assertThat(spool.heapBytes()).isLessThanOrEqualTo(MEMORY);
            }
            Message message = new Message();
            for (byte[] expected : messages) {
                assertThat(spool.next(message)).isTrue();
                int start = message.at();
                assertThat(message.size()).isEqualTo(expected.length);
                assertThat(Arrays.copyOfRange(message.bytes(), start, start + message.size()))
                        .isEqualTo(expected);
            }
            assertThat(spool.next(message)).isFalse();
        }
        assertThat(FOLDER).isEmptyDirectory();
    }

    /** With {@code -Dspool.bytes=5000000000} larger than what numbers of 32 bits count, and than the heap. */
    @Example
    void holdsLargeMessagesOutsideTheHeap() {
        byte[] large = new byte[16 << 20];
        long bytes = Long.getLong("spool.bytes", 128L << 20);
        try (Spool spool = new Spool(FOLDER, 1 << 18, 8)) {
            for (long i = 0; i < bytes / large.length; i++) {
                large[0] = (byte) i;
                spool.add(large, 0, large.length);
            }
            assertThat(spool.heapBytes()).isLessThanOrEqualTo(1 << 18);
            Message message = new Message();
            for (long i = 0; i < bytes / large.length; i++) {
                assertThat(spool.next(message)).isTrue();
                assertThat(message.size()).isEqualTo(large.length);
                assertThat(message.int1()).isEqualTo((byte) i);
            }
            assertThat(spool.next(message)).isFalse();
        }
    }
}
