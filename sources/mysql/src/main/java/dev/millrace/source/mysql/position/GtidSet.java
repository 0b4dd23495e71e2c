package dev.millrace.source.mysql.position;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of MySQL's global transaction ids. Immutable. */
public final class GtidSet {
    public static final GtidSet EMPTY = new GtidSet(new TreeMap<>());
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}");
    private static final Pattern TAG = Pattern.compile("[a-z_][a-z0-9_]{0,31}");
    private static final Pattern RANGE = Pattern.compile("([1-9][0-9]{0,18})(?:-([1-9][0-9]{0,18}))?");

    private final SortedMap<GtidSource, Intervals> executed;

    private GtidSet(SortedMap<GtidSource, Intervals> executed) {
        this.executed = executed;
    }

    /**
     * Reads what {@code @@gtid_executed} prints: {@code uuid:1-5:7,uuid:1-3}, with or without white space and tags.
     *
     * @throws IllegalArgumentException naming the part that is not understood
     */
    public static GtidSet parse(String text) {
        SortedMap<GtidSource, Intervals> all = new TreeMap<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                addPart(part.strip(), all);
            }
        }
        return new GtidSet(all);
    }

    private static void addPart(String part, Map<GtidSource, Intervals> all) {
        String[] words = part.split(":");
        if (!UUID_TEXT.matcher(words[0].strip()).matches() || words.length < 2) {
            throw new IllegalArgumentException("'" + part + "' is no set of transaction ids: expected uuid:1-5:7");
        }
        UUID server = uuid(words[0].strip());
        String tag = "";
        for (int i = 1; i < words.length; i++) {
            String word = words[i].strip().toLowerCase(Locale.ROOT);
            Matcher range = RANGE.matcher(word);
            if (range.matches()) {
                long first = Long.parseLong(range.group(1));
                long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
                all.merge(new GtidSource(server, tag), Intervals.of(first, last), Intervals::union);
            } else if (TAG.matcher(word).matches()) {
                tag = word;
            } else {
                throw new IllegalArgumentException("'" + words[i] + "' in '" + part + "' is no range of transactions");
            }
        }
    }

    private static UUID uuid(String text) {
        String digits = text.replace("-", "");
        return new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
    }

    public boolean isEmpty() {
        return executed.isEmpty();
    }

    public boolean contains(GtidSource source, long number) {
        return executed.getOrDefault(source, Intervals.NONE).contains(number);
    }

    public boolean containsAll(GtidSet other) {
        return other.executed.entrySet().stream()
                .allMatch(entry ->
                        executed.getOrDefault(entry.getKey(), Intervals.NONE).containsAll(entry.getValue()));
    }

    /** The transactions of one source; none where it has none here. */
    Intervals of(GtidSource source) {
        return executed.getOrDefault(source, Intervals.NONE);
    }

    /** The same set with other transactions of one source. */
    GtidSet with(GtidSource source, Intervals numbers) {
        SortedMap<GtidSource, Intervals> all = new TreeMap<>(executed);
        all.put(source, numbers);
        return new GtidSet(all);
    }

    public GtidSet with(GtidSource source, long number) {
        SortedMap<GtidSource, Intervals> all = new TreeMap<>(executed);
        all.put(source, all.getOrDefault(source, Intervals.NONE).with(number));
        return new GtidSet(all);
    }

    public GtidSet union(GtidSet other) {
        return combine(other, Intervals::union);
    }

    /** What is here and not in the other. */
    public GtidSet minus(GtidSet other) {
        return combine(other, Intervals::minus);
    }

    private GtidSet combine(GtidSet other, BinaryOperator<Intervals> rule) {
        SortedMap<GtidSource, Intervals> all = new TreeMap<>(executed);
        other.executed.forEach((source, ranges) ->
                all.put(source, rule.apply(all.getOrDefault(source, Intervals.NONE), ranges)));
        all.values().removeIf(Intervals::isEmpty);
        return new GtidSet(all);
    }

    public boolean hasTags() {
        return executed.keySet().stream().anyMatch(source -> !source.tag().isEmpty());
    }

    /** The form that the dump command carries, which knows no tags. */
    public byte[] encoded() {
        if (hasTags()) {
            throw new IllegalStateException("tags have no place in " + this);
        }
        int ranges = executed.values().stream().mapToInt(Intervals::count).sum();
        ByteBuffer bytes = ByteBuffer.allocate(8 + 24 * executed.size() + 16 * ranges);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(executed.size());
        executed.forEach((source, intervals) -> {
            bytes.order(ByteOrder.BIG_ENDIAN)
                    .putLong(source.server().getMostSignificantBits())
                    .putLong(source.server().getLeastSignificantBits());
            bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(intervals.count());
            for (int range = 0; range < intervals.count(); range++) {
                bytes.putLong(intervals.first(range)).putLong(intervals.end(range));
            }
        });
        return bytes.array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GtidSet set && executed.equals(set.executed);
    }

    @Override
    public int hashCode() {
        return executed.hashCode();
    }

    /** As MySQL writes it, without white space: a server's tags follow its plain numbers. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        UUID open = null;
        for (Map.Entry<GtidSource, Intervals> entry : executed.entrySet()) {
            GtidSource source = entry.getKey();
            if (!source.server().equals(open)) {
                text.append(text.isEmpty() ? "" : ",").append(source.server());
                open = source.server();
            }
            text.append(source.tag().isEmpty() ? "" : ":" + source.tag())
                    .append(':')
                    .append(entry.getValue());
        }
        return text.toString();
    }
}
