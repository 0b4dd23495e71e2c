package dev.millrace.bench.report;

import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.measure.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The costs of all rounds so far. */
public final class Results {
    private static final Map<Bout, Bout> STARTS = Map.of(
            Bout.SNAPSHOT_NOTHING, Bout.START_NOTHING,
            Bout.SNAPSHOT_PAIMON, Bout.START_PAIMON,
            Bout.STREAM_NOTHING, Bout.RESUME_NOTHING,
            Bout.STREAM_PAIMON, Bout.RESUME_PAIMON,
            Bout.TRANSACTION_NOTHING, Bout.RESUME_NOTHING,
            Bout.TRANSACTION_PAIMON, Bout.RESUME_PAIMON);

    private final Map<Bout, List<Cost>> costs = new EnumMap<>(Bout.class);

    public void add(Bout bout, Cost cost) {
        costs.computeIfAbsent(bout, b -> new ArrayList<>()).add(cost);
    }

    /** As measured; empty where it has not run. */
    public Optional<Series> raw(Bout bout) {
        return Optional.ofNullable(costs.get(bout)).map(rounds -> new Series(bout.title(), rounds));
    }

    /** Without the start and the end of our process, where both have been measured. */
    public Optional<Series> net(Bout bout) {
        Optional<Series> raw = raw(bout);
        Optional<Cost> start =
                Optional.ofNullable(STARTS.get(bout)).flatMap(this::raw).map(Results::middle);
        if (raw.isEmpty() || start.isEmpty()) {
            return raw;
        }
        return raw.map(series -> new Series(
                series.name(),
                series.rounds().stream().map(cost -> cost.without(start.get())).toList()));
    }

    private static Cost middle(Series starts) {
        return new Cost(
                0,
                0,
                seconds(starts.median(cost -> cost.wall().toNanos())),
                seconds(starts.median(cost -> cost.client().toNanos())),
                seconds(starts.median(cost -> cost.server().toNanos())),
                0);
    }

    private static Duration seconds(double nanos) {
        return Duration.ofNanos(Math.round(nanos));
    }
}
