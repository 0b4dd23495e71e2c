package dev.millrace.bench.report;

import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.measure.Series;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ours over its ceiling, medians over medians. */
final class Ratios {
    /** Who could not be faster. */
    private static final Map<Bout, Bout> SPEED = Map.of(
            Bout.SNAPSHOT_NOTHING, Bout.COPY_2,
            Bout.SNAPSHOT_PAIMON, Bout.PAIMON_KEYED,
            Bout.STREAM_NOTHING, Bout.RECVLOGICAL,
            Bout.STREAM_PAIMON, Bout.PAIMON_CHANGES);

    /** Whose work ours does in one. */
    private static final Map<Bout, List<Bout>> EFFORT = Map.of(
            Bout.SNAPSHOT_NOTHING, List.of(Bout.COPY_2),
            Bout.SNAPSHOT_PAIMON, List.of(Bout.COPY_2, Bout.PAIMON_KEYED),
            Bout.STREAM_NOTHING, List.of(Bout.RECVLOGICAL),
            Bout.STREAM_PAIMON, List.of(Bout.RECVLOGICAL, Bout.PAIMON_CHANGES));

    private Ratios() {}

    /** Rows a second over the ceiling's. */
    static Optional<Double> speed(Results results, Bout bout) {
        return Optional.ofNullable(SPEED.get(bout))
                .flatMap(results::net)
                .flatMap(ceiling -> results.net(bout)
                        .map(ours -> ours.median(Cost::rowsPerSecond) / ceiling.median(Cost::rowsPerSecond)));
    }

    /** Client CPU a row over the sum of the ceilings'. */
    static Optional<Double> effort(Results results, Bout bout) {
        List<Series> parts = EFFORT.getOrDefault(bout, List.of()).stream()
                .flatMap(part -> results.net(part).stream())
                .toList();
        if (parts.isEmpty()
                || parts.size() < EFFORT.getOrDefault(bout, List.of()).size()) {
            return Optional.empty();
        }
        double sum = parts.stream()
                .mapToDouble(part -> part.median(Cost::clientMicrosPerRow))
                .sum();
        return results.net(bout).map(ours -> ours.median(Cost::clientMicrosPerRow) / sum);
    }
}
