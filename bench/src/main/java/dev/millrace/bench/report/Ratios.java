package dev.millrace.bench.report;

import dev.millrace.bench.measure.Cost;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ours over its ceiling, medians over medians. */
final class Ratios {
    /** Who could not be faster; of several the one that has run. */
    private static final Map<Bout, List<Bout>> SPEED = Map.of(
            Bout.SNAPSHOT_NOTHING, List.of(Bout.COPY_2, Bout.SELECT_2),
            Bout.SNAPSHOT_PAIMON, List.of(Bout.PAIMON_KEYED),
            Bout.STREAM_NOTHING, List.of(Bout.RECVLOGICAL, Bout.MYSQLBINLOG),
            Bout.STREAM_PAIMON, List.of(Bout.PAIMON_CHANGES));

    /** Who writes what ours reads and writes in one. */
    private static final Map<Bout, Bout> WRITERS =
            Map.of(Bout.SNAPSHOT_PAIMON, Bout.PAIMON_KEYED, Bout.STREAM_PAIMON, Bout.PAIMON_CHANGES);

    /** Who reads it; of several the one that has run. */
    private static final Map<Bout, List<Bout>> READERS = Map.of(
            Bout.SNAPSHOT_NOTHING, List.of(Bout.COPY_2, Bout.SELECT_2),
            Bout.SNAPSHOT_PAIMON, List.of(Bout.COPY_2, Bout.SELECT_2),
            Bout.STREAM_NOTHING, List.of(Bout.RECVLOGICAL, Bout.MYSQLBINLOG),
            Bout.STREAM_PAIMON, List.of(Bout.RECVLOGICAL, Bout.MYSQLBINLOG));

    private Ratios() {}

    /** Rows a second over the ceiling's. */
    static Optional<Double> speed(Results results, Bout bout) {
        return SPEED.getOrDefault(bout, List.of()).stream()
                .flatMap(ceiling -> speed(results, bout, ceiling).stream())
                .findFirst();
    }

    /** Rows a second over those of one other. */
    static Optional<Double> speed(Results results, Bout bout, Bout other) {
        return results.net(other)
                .flatMap(theirs -> results.net(bout)
                        .map(ours -> ours.median(Cost::rowsPerSecond) / theirs.median(Cost::rowsPerSecond)));
    }

    /** Client CPU a row over that of the ceiling, or of bare reader and bare writer together. */
    static Optional<Double> effort(Results results, Bout bout) {
        Optional<Double> reader = READERS.getOrDefault(bout, List.of()).stream()
                .flatMap(part -> micros(results, part).stream())
                .findFirst();
        Optional<Double> writer = WRITERS.containsKey(bout) ? micros(results, WRITERS.get(bout)) : Optional.of(0.0);
        return reader.flatMap(reading ->
                writer.flatMap(writing -> micros(results, bout).map(ours -> ours / (reading + writing))));
    }

    private static Optional<Double> micros(Results results, Bout bout) {
        return results.net(bout).map(series -> series.median(Cost::clientMicrosPerRow));
    }
}
