package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.Watermark;
import dev.millrace.source.mysql.event.EventReader;
import dev.millrace.source.mysql.event.LogEvent;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.wire.LogStream;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.progress.Watermarks;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.ReaderPosition;
import java.time.Duration;
import java.util.Optional;

/** All that belongs to the reading of one split. */
final class LogReading implements AutoCloseable {
    private final LogSplit split;
    private final Changelog log;
    private final Following following;
    private final ServerHead head;
    private final EventReader events;
    private final Watermarks watermarks = new Watermarks();
    private final long longestSilence;
    private boolean heard = true;
    private long heardAt;

    /**
     * Two sessions with the server.
     *
     * @param stream     the log, of one of them
     * @param statements the other one
     * @param longestSilence of the log, before it is given up
     */
    record Following(ServerSession session, LogStream stream, ServerSession statements, Duration longestSilence)
            implements AutoCloseable {
        @Override
        public void close() {
            try (statements) {
                session.close();
            }
        }
    }

    LogReading(LogSplit split, Changelog log, Following following) {
        this.split = split;
        this.log = log;
        this.following = following;
        this.head = new ServerHead(following.statements());
        this.events = new EventReader(following.stream());
        this.longestSilence = following.longestSilence().toNanos();
    }

    Changelog log() {
        return log;
    }

    ServerHead head() {
        return head;
    }

    /** Looks where the server's log ends, if it is time to. */
    void refresh(long nanoTime) {
        if (log.mark().hasPlace()) {
            head.refresh(nanoTime, log.mark().place());
        }
    }

    /** Whether an event came within that time. */
    boolean await(long maxNanos) {
        if (events.isInsideTransaction() || following.stream().await(maxNanos)) {
            heard = true;
            return true;
        }
        long now = System.nanoTime();
        if (heard) {
            heard = false;
            heardAt = now;
        } else if (now - heardAt > longestSilence) {
            throw following.stream().silent(Duration.ofNanos(now - heardAt));
        }
        return false;
    }

    /** Nothing was waited for: silence meanwhile says nothing. */
    void notListening() {
        heard = true;
    }

    /**
     * Reads the event that {@link #await} found.
     *
     * @return its bytes
     */
    int next(ChangeOutput output) {
        LogEvent event = nextEvent();
        log.read(event, events, output);
        return following.stream().end() - following.stream().start();
    }

    private LogEvent nextEvent() {
        try {
            LogEvent event = events.next();
            if (event == null) {
                throw following.stream().ended();
            }
            return event;
        } catch (MillraceException refused) {
            if (refused.code() != MySqlError.LOG_LOST) {
                throw refused;
            }
            throw new MillraceException(
                    refused.code(),
                    refused.getMessage() + " It was read up to " + split.start() + ".",
                    refused.nextStep(),
                    refused);
        }
    }

    /** Says in band how far the commit times have come: not within a transaction or the initial load. */
    void announce(long nanoTime, ChangeOutput output) {
        if (!log.hasPosition()) {
            return;
        }
        log.mark().promise(head.completeAt(log.mark().place()));
        if (log.hasEnded()) {
            split.end().ifPresent(end -> log.mark().promise(end.commitMicros()));
        }
        long complete = completeMicros();
        if (watermarks.areDue(nanoTime)
                && watermarks.wouldMove(complete)
                && log.mark().isConsistent()) {
            log.flush(output);
            watermarks.emit(complete, nanoTime, output);
        }
    }

    private long completeMicros() {
        return log.mark().commitMicros() == 0 ? Watermark.NONE : log.mark().commitMicros();
    }

    Optional<ReaderPosition> position() {
        if (!log.hasPosition()) {
            return Optional.empty();
        }
        LogPosition position = log.mark().position();
        return Optional.of(new ReaderPosition(
                split.at(position).toSplit(),
                position.toString(),
                completeMicros(),
                log.mark().isConsistent()));
    }

    @Override
    public void close() {
        try (following) {
            log.close();
        }
    }
}
