package dev.millrace.testkit.contract;

import dev.millrace.model.StreamElement;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Source;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitEnumerator.Assignment;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Drives a source as an engine does, by one thread, with one reader after the other. */
final class SourceDriver implements AutoCloseable {
    private static final long WAIT_NANOS = Duration.ofMillis(10).toNanos();

    /** A checkpoint: what an engine keeps of a source, and what had been emitted before it. */
    record Saved(VersionedBytes enumerator, List<Split> splits, Replay replay, boolean consistent) {}

    /** One reader and what it is doing. */
    private static final class Seat {
        final SplitReader reader;
        boolean reading;
        boolean done;

        Seat(SplitReader reader) {
            this.reader = reader;
        }
    }

    private final Source source;
    private final SplitEnumerator enumerator;
    private final List<Seat> seats;
    private final Replay replay;
    private final Map<String, Split> restored = new HashMap<>();

    SourceDriver(Source source, int readers, Optional<Saved> from) {
        this.source = source;
        this.replay = from.map(saved -> saved.replay().copy()).orElseGet(Replay::new);
        List<Split> splits = from.map(Saved::splits).orElse(List.of());
        splits.forEach(split -> restored.put(split.id(), split));
        this.enumerator = source.openEnumerator(from.map(Saved::enumerator), splits);
        replay.open(enumerator.openingChanges());
        this.seats = IntStream.range(0, readers)
                .mapToObj(index -> new Seat(source.openReader(index)))
                .toList();
    }

    Replay replay() {
        return replay;
    }

    /** Whether every reader has been told that there is nothing more. */
    boolean done() {
        return seats.stream().allMatch(seat -> seat.done);
    }

    /** Lets every reader do one thing. */
    void round() {
        for (int index = 0; index < seats.size(); index++) {
            Seat seat = seats.get(index);
            if (seat.reading) {
                poll(seat, Purpose.READ);
            } else if (!seat.done) {
                ask(index, seat);
            }
        }
    }

    /** Stops all readers at boundaries and takes a checkpoint. */
    Saved save() {
        List<Split> splits = new ArrayList<>();
        boolean consistent = true;
        for (Seat seat : seats) {
            while (seat.reading && poll(seat, Purpose.REACH_BOUNDARY) != SplitReader.Progress.AT_BOUNDARY) {
                // on the way
            }
            if (seat.reading) {
                ReaderPosition position = seat.reader
                        .position()
                        .orElseThrow(() -> new AssertionError("a reader at a boundary has no position"));
                splits.add(position.split());
                consistent &= position.consistent();
            }
        }
        return new Saved(enumerator.state(), splits, replay.copy(), consistent && !splits.isEmpty());
    }

    /** Tells the readers, which stand where the checkpoint was taken, that it is committed. */
    void acknowledge() {
        for (Seat seat : seats) {
            seat.reader.position().ifPresent(position -> seat.reader.acknowledge(position.split()));
        }
    }

    /** Positions of the readers that hold a split. */
    List<ReaderPosition> positions() {
        return seats.stream()
                .filter(seat -> seat.reading)
                .flatMap(seat -> seat.reader.position().stream())
                .toList();
    }

    /** Asks every reader that holds a split for something that must not emit, and answers what they did. */
    List<SplitReader.Progress> pollStill(Purpose purpose) {
        return seats.stream()
                .filter(seat -> seat.reading)
                .map(seat -> seat.reader.poll(SourceDriver::refuse, new PollRequest(purpose, 0)))
                .toList();
    }

    private static void refuse(StreamElement element) {
        throw new AssertionError("emitted while it had to stand still: " + element);
    }

    private void ask(int index, Seat seat) {
        switch (enumerator.next(index)) {
            case Assignment.Read read -> {
                seat.reading = true;
                seat.reader.assign(read.split());
                Optional.ofNullable(restored.remove(read.split().id())).ifPresent(seat.reader::acknowledge);
            }
            case Assignment.Wait wait -> {}
            case Assignment.WaitForCheckpoint wait -> {
                save();
                acknowledge();
            }
            case Assignment.Done done -> seat.done = true;
        }
    }

    private SplitReader.Progress poll(Seat seat, Purpose purpose) {
        SplitReader.Progress progress = seat.reader.poll(replay::apply, new PollRequest(purpose, WAIT_NANOS));
        if (progress == SplitReader.Progress.FINISHED) {
            ReaderPosition last =
                    seat.reader.position().orElseThrow(() -> new AssertionError("a finished reader has no position"));
            seat.reading = false;
            enumerator.finished(last.split());
        }
        return progress;
    }

    @Override
    public void close() {
        seats.forEach(seat -> seat.reader.close());
        enumerator.close();
        source.close();
    }
}
