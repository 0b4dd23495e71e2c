package dev.millrace.source.mysql;

import dev.millrace.source.mysql.event.EventReader;
import dev.millrace.source.mysql.event.LogEvent;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.wire.LogRequest;
import dev.millrace.source.mysql.wire.ServerSession;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the first transaction of the log that was committed at some time or later. */
final class LogSearch {
    private static final Logger LOG = LoggerFactory.getLogger(LogSearch.class);

    private final MySqlAccess access;

    LogSearch(MySqlAccess access) {
        this.access = access;
    }

    /** The place before it; where the log ends if there is none yet. */
    LogPosition since(Instant time, ServerSession session) {
        LogPlaces places = new LogPlaces(session);
        LogPosition latest = places.latest();
        List<String> files = places.files();
        int file = lastBegunBefore(time, files);
        if (file < 0) {
            LOG.warn(
                    "The server's log begins with {}, which is younger than {}: what was committed between is not read",
                    files.getFirst(),
                    time);
            return places.earliest();
        }
        return firstSince(time, files.get(file)).map(places::at).orElse(latest);
    }

    /** -1 where the first file is younger. */
    private int lastBegunBefore(Instant time, List<String> files) {
        int low = 0;
        int high = files.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (begun(files.get(middle)) <= time.getEpochSecond()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** When the server began to write the file, in seconds since the epoch. */
    private long begun(String file) {
        try (ServerSession session = access.sessions().get()) {
            EventReader events = from(file, session);
            for (LogEvent event = events.next(); event != null; event = events.next()) {
                if (events.seconds() > 0) {
                    return events.seconds();
                }
            }
            return Long.MAX_VALUE;
        }
    }

    private Optional<BinlogPlace> firstSince(Instant time, String first) {
        long wanted = Instant.EPOCH.until(time, ChronoUnit.MICROS);
        try (ServerSession session = access.sessions().get()) {
            EventReader events = from(first, session);
            String file = first;
            long end = BinlogPlace.FIRST;
            for (LogEvent event = events.next(); event != null; event = events.next()) {
                if (event instanceof LogEvent.Rotation rotation) {
                    file = rotation.file();
                    end = rotation.offset();
                } else {
                    if (commitMicros(event, events)
                            .filter(micros -> micros >= wanted)
                            .isPresent()) {
                        return Optional.of(new BinlogPlace(file, end));
                    }
                    end = behind(end, events.nextOffset());
                }
            }
            return Optional.empty();
        }
    }

    private EventReader from(String file, ServerSession session) {
        LogStart start = new LogStart.At(new BinlogPlace(file, BinlogPlace.FIRST));
        return new EventReader(session.follow(
                new LogRequest(start, access.config().replica(), access.config().heartbeat(), true)));
    }

    private static Optional<Long> commitMicros(LogEvent event, EventReader events) {
        return switch (event) {
            case LogEvent.Begin begin -> Optional.of(begin.commitMicros());
            case LogEvent.AnonymousBegin begin -> Optional.of(begin.commitMicros());
            case LogEvent.MariaDbBegin begin -> Optional.of(TimeUnit.SECONDS.toMicros(events.seconds()));
            default -> Optional.empty();
        };
    }

    /** Events tell their ends modulo 4 GB, and those that are in no file tell 0. */
    private static long behind(long end, long next) {
        if (next == 0) {
            return end;
        }
        long behind = end & ~0xffffffffL | next;
        return behind >= end ? behind : behind + (1L << 32);
    }
}
