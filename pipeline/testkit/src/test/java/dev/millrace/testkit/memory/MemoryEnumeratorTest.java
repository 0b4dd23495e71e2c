package dev.millrace.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitEnumerator.Assignment;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryEnumeratorTest {
    private final MemoryDatabase database =
            new MemoryDatabase(Changelog.generate(new Random(5), 40), 5, position -> {});
    private final SplitEnumerator enumerator =
            new MemoryEnumerator(database, ReadMode.CONTINUOUS, Optional.empty(), List.of());

    @Test
    void keepsTheLogForTheReaderThatWaitsForTheCheckpointBeforeIt() {
        Assignment first = enumerator.next(0);
        while (first instanceof Assignment.Read chunk) {
            enumerator.finished(chunk.split());
            first = enumerator.next(0);
        }

        assertThat(first).isInstanceOf(Assignment.WaitForCheckpoint.class);
        assertThat(enumerator.next(1)).isInstanceOf(Assignment.Wait.class);
        assertThat(enumerator.next(0)).isInstanceOf(Assignment.Read.class);
        assertThat(enumerator.next(1)).isInstanceOf(Assignment.Wait.class);
    }
}
