package dev.millrace.source.mysql.log;

import dev.millrace.model.Watermark;
import dev.millrace.source.mysql.catalog.LogHead;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.wire.ServerSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the server's log ends, asked for once in a while. What was committed before such a look lies before the place it found; so when
 * reading has come there, it is complete up to the time of the look, less a margin for transactions that had taken their
 * commit time and not yet been written.
 */
final class ServerHead {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final ServerSession session;
    private long lookedAt;
    private boolean looked;
    private long bytesBehind = -1;
    private @Nullable BinlogPlace awaited;
    private long awaitedMicros;

    ServerHead(ServerSession session) {
        this.session = session;
    }

    /**
     * Looks again if it is time to.
     *
     * @param place up to which was read
     */
    void refresh(long nanoTime, BinlogPlace place) {
        if (looked && nanoTime - lookedAt < INTERVAL_NANOS) {
            return;
        }
        looked = true;
        lookedAt = nanoTime;
        // The time comes before the place.
        long micros = LogHead.settledMicros(session);
        BinlogPlace head = LogHead.now(session).place();
        bytesBehind = bytesBetween(place, head);
        if (awaited == null) {
            awaited = head;
            awaitedMicros = micros;
        }
    }

    private long bytesBetween(BinlogPlace from, BinlogPlace to) {
        if (from.file().equals(to.file())) {
            return Math.max(0, to.offset() - from.offset());
        }
        long bytes = to.offset() - from.offset();
        for (List<@Nullable String> file : session.query("show binary logs")) {
            BinlogPlace begin = new BinlogPlace(Objects.requireNonNull(file.get(0)), BinlogPlace.FIRST);
            boolean isBetween = begin.file().equals(from.file()) || begin.compareTo(from) > 0;
            if (isBetween && begin.compareTo(to) < 0 && !begin.file().equals(to.file())) {
                bytes += Long.parseLong(Objects.requireNonNull(file.get(1)));
            }
        }
        return Math.max(0, bytes);
    }

    /**
     * All that was committed before this place was read.
     *
     * @return up to when reading is complete by that, in microseconds since the epoch; {@link Watermark#NONE} where that is not known
     */
    long completeAt(BinlogPlace place) {
        BinlogPlace target = awaited;
        if (target == null || place.compareTo(target) < 0) {
            return Watermark.NONE;
        }
        awaited = null;
        return awaitedMicros;
    }

    /** Bytes of the log that were not read at the last look; -1 where unknown. */
    long bytesBehind() {
        return bytesBehind;
    }
}
