package dev.millrace.sink.paimon;

import static dev.millrace.sink.paimon.Tables.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.ErrorCode.Remedy;
import dev.millrace.error.MillraceException;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.servers.faults.SmallDisk;
import dev.millrace.servers.s3.S3Fault;
import dev.millrace.spi.Committable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Storage that fails while a checkpoint becomes visible; a row of a table without a key would show that it came twice. */
class PublishingTroubleTest {
    private static final int MOST_WRITES = 60;
    private static final S3Fault SLOW_DOWN = new S3Fault.Status(503, "SlowDown");
    private static final Schema VISITS = EVENTS.withTable(TableId.of("shop", "visits"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 12, 16, 20, 24, 28, 32, 36})
    void aDiskThatGetsFullAnywhereInACommitEndsItWithACodeAndTheRepetitionDoublesNothing(int kilobytesLeft)
            throws IOException {
        try (SmallDisk disk = SmallDisk.ofBytes(4 << 20)) {
            List<Committable> staged;
            try (Lake lake = new Lake(disk.folder())) {
                staged = stage(lake);
                Path filler = fill(disk, kilobytesLeft);
                boolean committed = commits(lake, staged, PaimonError.DISK_FULL);
                assertThat(committed && kilobytesLeft == 0).isFalse();
                Files.delete(filler);
            }
            try (Lake lake = new Lake(disk.folder())) {
                completes(lake, staged);
            }
        }
    }

    @Test
    void aDiskThatTurnsReadOnlyBetweenTwoTablesStopsThePipelineAndTheRepetitionDoublesNothing() {
        try (SmallDisk disk = SmallDisk.ofBytes(4 << 20)) {
            List<Committable> staged;
            try (Lake lake = new Lake(disk.folder())) {
                staged = stage(lake);
                lake.commit(2, staged.subList(0, 1));
                disk.makeReadOnly();
                assertThatThrownBy(() -> lake.commit(2, staged))
                        .isInstanceOfSatisfying(MillraceException.class, failure -> {
                            assertThat(failure.code()).isEqualTo(PaimonError.DENIED);
                            assertThat(failure.code().remedy()).isEqualTo(Remedy.STOP);
                        });
            }
            disk.makeWritable();
            try (Lake lake = new Lake(disk.folder())) {
                completes(lake, staged);
            }
        }
    }

    static Stream<S3Fault> passingFaults() {
        return Stream.of(
                SLOW_DOWN, new S3Fault.Status(500, "InternalError"), new S3Fault.Drop(), new S3Fault.LoseAnswer());
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void aFaultThatPassesIsNotNoticedWhicheverWriteOfTheCommitItHits(S3Fault fault) throws Exception {
        // Whoever is told to slow down waits for seconds before the next attempt.
        int step = fault.equals(SLOW_DOWN) ? 5 : 1;
        for (int hit = 0; hit < MOST_WRITES; hit += step) {
            try (Bucket bucket = Bucket.made();
                    Lake lake = bucket.lake(folder)) {
                List<Committable> staged = stage(lake);
                AtomicInteger before = new AtomicInteger(hit);
                bucket.store()
                        .faults((method, key) ->
                                Optional.of(fault).filter(f -> method.equals("PUT") && before.getAndDecrement() == 0));
                lake.commit(2, staged);
                bucket.store().heal();
                completes(lake, staged);
                if (before.get() >= 0) {
                    return;
                }
            }
        }
        throw new AssertionError("a commit takes more writes than were hit");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 14, 21})
    void aStoreThatStaysAwayEndsTheCommitWithACodeAndTheRepetitionDoublesNothing(int requestsBefore) throws Exception {
        try (Bucket bucket = Bucket.made()) {
            List<Committable> staged;
            try (Lake lake = bucket.lake(folder)) {
                staged = stage(lake);
                AtomicInteger left = new AtomicInteger(requestsBefore);
                bucket.store()
                        .faults((method, key) ->
                                Optional.<S3Fault>of(new S3Fault.Drop()).filter(fault -> left.getAndDecrement() <= 0));
                assertThat(commits(lake, staged, PaimonError.COMMIT_UNKNOWN, PaimonError.STORAGE))
                        .isFalse();
                bucket.store().heal();
            }
            try (Lake lake = bucket.lake(folder)) {
                completes(lake, staged);
            }
        }
    }

    @Test
    void aRunThatAnotherOvertookWhileItWasSuspendedTakesNothingBack() throws IOException {
        try (Lake suspended = new Lake(folder);
                Lake other = new Lake(folder)) {
            List<Committable> staged = stage(suspended);
            other.commit(2, staged);
            other.write(Rows.of(EVENTS).insert(3));
            other.checkpoint(3);
            String latest = latest(other);

            suspended.commit(2, staged);

            assertThat(latest(other)).isEqualTo(latest);
            assertThat(other.rows(EVENTS)).containsExactly("1", "2", "3");
            assertThat(other.rows(EVENTS, OptionalLong.of(2))).containsExactly("1", "2");
            assertThat(other.rows(VISITS)).containsExactly("1", "2");
        }
    }

    private static String latest(Lake lake) throws IOException {
        try (Stream<Path> all = Files.walk(lake.warehouse())) {
            return Files.readString(
                    all.filter(path -> path.endsWith("latest")).findFirst().orElseThrow());
        }
    }

    private static List<Committable> stage(Lake lake) {
        lake.create(EVENTS, VISITS);
        lake.write(Rows.of(EVENTS).insert(1));
        lake.write(Rows.of(VISITS).insert(1));
        lake.checkpoint(1);
        lake.write(Rows.of(EVENTS).insert(2));
        lake.write(Rows.of(VISITS).insert(2));
        return lake.prepare(2);
    }

    /** Succeeds, or fails with one of these. @return whether it succeeded */
    private static boolean commits(Lake lake, List<Committable> staged, PaimonError... errors) {
        try {
            lake.commit(2, staged);
            return true;
        } catch (MillraceException failure) {
            assertThat(failure.code()).isIn((Object[]) errors);
            assertThat(failure.code().remedy()).isEqualTo(Remedy.RESTART);
            return false;
        }
    }

    /** What a recovery does, and what has to be seen after it. */
    private static void completes(Lake lake, List<Committable> staged) {
        assertThat(lake.committer().newestCommitted().orElseThrow()).isBetween(1L, 2L);
        lake.commit(2, staged);
        lake.committer().discardStaged(2);
        assertThat(lake.rows(EVENTS)).containsExactly("1", "2");
        assertThat(lake.rows(VISITS)).containsExactly("1", "2");
        assertThat(lake.manifests())
                .extracting(manifest -> manifest.checkpointId())
                .containsExactly(2L, 1L);
    }

    private static Path fill(SmallDisk disk, int kilobytesLeft) throws IOException {
        Path filler = disk.folder().resolve("filler");
        long free = Files.getFileStore(disk.folder()).getUsableSpace();
        return Files.write(filler, new byte[(int) Math.max(0, free - 1024L * kilobytesLeft)]);
    }
}
