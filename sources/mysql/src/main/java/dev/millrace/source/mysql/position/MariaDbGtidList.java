package dev.millrace.source.mysql.position;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A place in MariaDB's log: the last transaction of every domain. Immutable. */
public final class MariaDbGtidList {
    public static final MariaDbGtidList EMPTY = new MariaDbGtidList(new TreeMap<>());
    private final SortedMap<Long, MariaDbGtid> byDomain;

    private MariaDbGtidList(SortedMap<Long, MariaDbGtid> byDomain) {
        this.byDomain = byDomain;
    }

    /** Reads what {@code @@gtid_current_pos} prints: {@code 0-1-42,7-2-9}. */
    public static MariaDbGtidList parse(String text) {
        MariaDbGtidList list = EMPTY;
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                list = list.with(MariaDbGtid.parse(part.strip()));
            }
        }
        return list;
    }

    /** The place after this transaction. */
    public MariaDbGtidList with(MariaDbGtid gtid) {
        SortedMap<Long, MariaDbGtid> all = new TreeMap<>(byDomain);
        all.put(gtid.domain(), gtid);
        return new MariaDbGtidList(all);
    }

    /** Whether the transaction stands at or before this place, as far as a domain's sequence is kept in order. */
    public boolean contains(MariaDbGtid gtid) {
        MariaDbGtid last = byDomain.get(gtid.domain());
        return last != null && Long.compareUnsigned(gtid.sequence(), last.sequence()) <= 0;
    }

    /** Whether the other place is this one or before it, in every domain. */
    public boolean containsAll(MariaDbGtidList other) {
        return other.byDomain.values().stream().allMatch(this::contains);
    }

    public boolean isEmpty() {
        return byDomain.isEmpty();
    }

    public Collection<MariaDbGtid> all() {
        return byDomain.values();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MariaDbGtidList list && byDomain.equals(list.byDomain);
    }

    @Override
    public int hashCode() {
        return byDomain.hashCode();
    }

    @Override
    public String toString() {
        return byDomain.values().stream().map(MariaDbGtid::toString).collect(Collectors.joining(","));
    }
}
