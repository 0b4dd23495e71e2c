package dev.millrace.runtime.task;

import dev.millrace.runtime.JobClock;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.VersionedBytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands out splits: keeps who wants one, and asks the enumerator when there is a chance for an answer. */
final class SplitDesk {
    private static final long ASK_AGAIN_NANOS = 50_000_000;

    /** What a reader is doing, as the desk sees it. */
    private enum Desire {
        /** Has a split, or is not open. */
        NONE,
        WANTS,
        /** Was told to wait; is asked for again after a while, or when another has finished. */
        WAITS,
        /** Was told to wait for a checkpoint. */
        WAITS_FOR_CHECKPOINT,
        DONE
    }

    private final SplitEnumerator enumerator;
    private final JobParts parts;
    private final JobClock clock;
    private final Desire[] desires;
    private final long[] committedAtLeast;
    private final Map<String, Split> committed = new HashMap<>();
    private long waitingSince;

    SplitDesk(SplitEnumerator enumerator, List<Split> committedBefore, JobParts parts) {
        this.enumerator = enumerator;
        this.parts = parts;
        this.clock = parts.clock();
        this.desires = new Desire[parts.readers()];
        this.committedAtLeast = new long[parts.readers()];
        Arrays.fill(desires, Desire.NONE);
        committedBefore.forEach(split -> committed.put(split.id(), split));
    }

    void wanted(int reader) {
        desires[reader] = Desire.WANTS;
    }

    void finished(ReaderPosition last) {
        enumerator.finished(last.split());
        for (int reader = 0; reader < desires.length; reader++) {
            if (desires[reader] == Desire.WAITS) {
                desires[reader] = Desire.WANTS;
            }
        }
    }

    void committed(long checkpointId) {
        for (int reader = 0; reader < desires.length; reader++) {
            if (desires[reader] == Desire.WAITS_FOR_CHECKPOINT && checkpointId >= committedAtLeast[reader]) {
                desires[reader] = Desire.WANTS;
            }
        }
    }

    /** Whether a reader waits for a checkpoint that has not begun yet. */
    boolean checkpointWanted(long newestBegun) {
        for (int reader = 0; reader < desires.length; reader++) {
            if (desires[reader] == Desire.WAITS_FOR_CHECKPOINT && committedAtLeast[reader] > newestBegun) {
                return true;
            }
        }
        return false;
    }

    boolean allDone() {
        return Arrays.stream(desires).allMatch(desire -> desire == Desire.DONE);
    }

    VersionedBytes state() {
        return enumerator.state();
    }

    /** Answers one reader that waits, if one does and its time has come. Never called while readers are being stopped. */
    boolean handOut(long newestBegun) {
        if (clock.nanoTime() - waitingSince >= ASK_AGAIN_NANOS) {
            waitingSince = clock.nanoTime();
            for (int reader = 0; reader < desires.length; reader++) {
                desires[reader] = desires[reader] == Desire.WAITS ? Desire.WANTS : desires[reader];
            }
        }
        for (int reader = 0; reader < desires.length; reader++) {
            if (desires[reader] == Desire.WANTS) {
                answer(reader, newestBegun);
                return true;
            }
        }
        return false;
    }

    private void answer(int reader, long newestBegun) {
        desires[reader] = switch (enumerator.next(reader)) {
            case SplitEnumerator.Assignment.Read read -> {
                Split split = read.split();
                parts.tellReader(
                        reader, new ReaderCommand.Assign(split, Optional.ofNullable(committed.remove(split.id()))));
                yield Desire.NONE;
            }
            case SplitEnumerator.Assignment.Wait wait -> Desire.WAITS;
            case SplitEnumerator.Assignment.WaitForCheckpoint wait -> {
                committedAtLeast[reader] = newestBegun + 1;
                yield Desire.WAITS_FOR_CHECKPOINT;
            }
            case SplitEnumerator.Assignment.Done done -> Desire.DONE;
        };
    }

    void close() {
        enumerator.close();
    }
}
