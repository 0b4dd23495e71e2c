package dev.millrace.source.mysql.position;

import java.util.Comparator;
import java.util.UUID;

/**
 * Who numbers transactions in MySQL: a server, and from MySQL 8.3 on a tag of the application's choice.
 *
 * @param tag empty where there is none
 */
public record GtidSource(UUID server, String tag) implements Comparable<GtidSource> {
    /** As the server sorts them: by the bytes of the number. */
    private static final Comparator<GtidSource> ORDER = Comparator.<GtidSource>comparingLong(
                    source -> source.server().getMostSignificantBits() + Long.MIN_VALUE)
            .thenComparingLong(source -> source.server().getLeastSignificantBits() + Long.MIN_VALUE)
            .thenComparing(GtidSource::tag);

    @Override
    public int compareTo(GtidSource other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return tag.isEmpty() ? server.toString() : server + ":" + tag;
    }
}
