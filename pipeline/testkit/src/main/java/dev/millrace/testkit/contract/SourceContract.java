package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.JobClock;
import dev.millrace.schema.TableId;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.SplitReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every source keeps. Each test has a database of its own, with some rows in it; every source that a test opens reads
 * that one, for the same pipeline.
 */
public abstract class SourceContract {
    private static final PipelineIdentity PIPELINE =
            new PipelineIdentity("contract", "5f0c4f5e-2b51-4f0b-8f5e-5a2a64c7f9a1");
    private static final int BATCH_BYTES = 1 << 20;
    private static final int TRANSACTIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path spill;

    /** A new source on the test's database. */
    protected abstract Source open(SourceContext context) throws Exception;

    /** Changes something: several rows, of several tables where the database has transactions, in one transaction. */
    protected abstract void transaction() throws Exception;

    /** The rows of every table that has any, as text, sorted; without asking the source. */
    protected abstract Map<TableId, List<String>> content() throws Exception;

    /** Whether what {@link #transaction} does becomes visible at once. Where not, its states in between may be seen. */
    protected boolean hasTransactions() {
        return true;
    }

    /** The most restarts of one test: all of them cheap in memory, seconds each on some servers. */
    protected int restarts() {
        return 500;
    }

    @Test
    void readsWhatIsThereAndEnds() throws Exception {
        assertReadsWhatIsThere();
    }

    /** Reads until the source says that there is nothing more, and compares. */
    protected void assertReadsWhatIsThere() throws Exception {
        try (SourceDriver driver = open(ReadMode.UNTIL_CAUGHT_UP, 1, Optional.empty())) {
            readToTheEnd(driver);

            assertThat(driver.replay().content()).isEqualTo(content());
        }
    }

    @Test
    void sharesTheWorkAmongReaders() throws Exception {
        try (SourceDriver driver = open(ReadMode.UNTIL_CAUGHT_UP, 3, Optional.empty())) {
            readToTheEnd(driver);

            assertThat(driver.replay().content()).isEqualTo(content());
        }
    }

    @Test
    void followsWhatChanges() throws Exception {
        try (SourceDriver driver = open(ReadMode.CONTINUOUS, 2, Optional.empty())) {
            catchUp(driver);
            for (int i = 0; i < TRANSACTIONS; i++) {
                transaction();
            }

            catchUp(driver);
        }
    }

    @Test
    void goesOnFromEveryBoundary() throws Exception {
        Optional<SourceDriver.Saved> saved = Optional.empty();
        int restarts = 0;
        for (int i = 0; i <= TRANSACTIONS; i++) {
            long deadline = deadline();
            while (saved.isEmpty() || !saved.get().replay().content().equals(content())) {
                boolean restartSoon = restarts < restarts() * (i + 1) / (TRANSACTIONS + 1);
                try (SourceDriver driver = open(ReadMode.CONTINUOUS, 2, saved)) {
                    readOn(driver, restartSoon);
                    saved = Optional.of(driver.save());
                    restarts++;
                }
                assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            }
            transaction();
        }
    }

    @Test
    void goesOnFromABoundaryWhileTheSourceChanges() throws Exception {
        Optional<SourceDriver.Saved> saved = Optional.empty();
        for (int i = 0; i < TRANSACTIONS; i++) {
            try (SourceDriver driver = open(ReadMode.CONTINUOUS, 2, saved)) {
                readOn(driver, true);
                saved = Optional.of(driver.save());
            }
            transaction();
        }

        try (SourceDriver driver = open(ReadMode.CONTINUOUS, 2, saved)) {
            catchUp(driver);
        }
    }

    @Test
    void readsTheSameAgainFromAnOlderPlace() throws Exception {
        SourceDriver.Saved early;
        try (SourceDriver driver = open(ReadMode.CONTINUOUS, 2, Optional.empty())) {
            catchUp(driver);
            early = driver.save();
            for (int i = 0; i < TRANSACTIONS; i++) {
                transaction();
            }
            catchUp(driver);
        }

        try (SourceDriver driver = open(ReadMode.CONTINUOUS, 1, Optional.of(early))) {
            catchUp(driver);
        }
    }

    @Test
    void showsNoStateThatTheSourceNeverHad() throws Exception {
        Set<Map<TableId, List<String>>> states = new HashSet<>();
        states.add(content());
        List<Map<TableId, List<String>>> seen = new ArrayList<>();
        try (SourceDriver driver = open(ReadMode.CONTINUOUS, 2, Optional.empty())) {
            catchUp(driver);
            for (int i = 0; i < TRANSACTIONS; i++) {
                transaction();
                states.add(content());
                driver.round();
                addIfConsistent(driver.save(), seen);
            }
            long deadline = deadline();
            while (!driver.replay().content().equals(content())) {
                driver.round();
                addIfConsistent(driver.save(), seen);
                assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            }
        }
        if (hasTransactions()) {
            assertThat(seen).isNotEmpty();
            assertThat(states).containsAll(seen);
        }
    }

    @Test
    void standsStillWhenItIsAskedTo() throws Exception {
        try (SourceDriver driver = open(ReadMode.CONTINUOUS, 2, Optional.empty())) {
            List<SplitReader.Progress> answers = new ArrayList<>();
            for (int i = 0; i < 3 * TRANSACTIONS; i++) {
                driver.round();
                if (i % 3 == 0) {
                    transaction();
                }
                driver.save();
                List<ReaderPosition> before = driver.positions();

                answers.addAll(driver.pollStill(Purpose.REACH_BOUNDARY));
                driver.pollStill(Purpose.KEEP_ALIVE);

                assertThat(driver.positions().stream().map(ReaderPosition::text))
                        .isEqualTo(before.stream().map(ReaderPosition::text).toList());
            }
            assertThat(answers).containsOnly(SplitReader.Progress.AT_BOUNDARY);
        }
    }

    @Test
    void takesAcknowledgementsAnyNumberOfTimes() throws Exception {
        SourceDriver.Saved saved;
        try (SourceDriver driver = open(ReadMode.CONTINUOUS, 1, Optional.empty())) {
            catchUp(driver);
            transaction();
            catchUp(driver);
            saved = driver.save();
            driver.acknowledge();
            driver.acknowledge();
            transaction();
            catchUp(driver);
        }

        try (SourceDriver driver = open(ReadMode.CONTINUOUS, 1, Optional.of(saved))) {
            driver.acknowledge();
            catchUp(driver);
        }
    }

    private static void addIfConsistent(SourceDriver.Saved saved, List<Map<TableId, List<String>>> seen) {
        if (saved.consistent()) {
            seen.add(saved.replay().content());
        }
    }

    /** Reads on until something was emitted, or, for the last stretch, until all was. */
    private void readOn(SourceDriver driver, boolean alittle) throws Exception {
        int before = driver.replay().elements();
        long deadline = deadline();
        while (!driver.replay().content().equals(content())
                && (!alittle || driver.replay().elements() == before)
                && System.nanoTime() < deadline) {
            driver.round();
        }
    }

    private void catchUp(SourceDriver driver) throws Exception {
        Map<TableId, List<String>> wanted = content();
        long deadline = deadline();
        while (!driver.replay().content().equals(wanted) && System.nanoTime() < deadline) {
            driver.round();
        }
        assertThat(driver.replay().content()).isEqualTo(wanted);
    }

    private static void readToTheEnd(SourceDriver driver) {
        long deadline = deadline();
        while (!driver.done()) {
            driver.round();
            assertThat(System.nanoTime()).as("time").isLessThan(deadline);
        }
    }

    private SourceDriver open(ReadMode mode, int readers, Optional<SourceDriver.Saved> from) throws Exception {
        Path folder = Files.createTempDirectory(spill, "spill");
        SourceContext context = new SourceContext(PIPELINE, mode, readers, BATCH_BYTES, folder, JobClock.SYSTEM);
        return new SourceDriver(open(context), readers, from);
    }

    private static long deadline() {
        return System.nanoTime() + PATIENCE.toNanos();
    }
}
