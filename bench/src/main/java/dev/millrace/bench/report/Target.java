package dev.millrace.bench.report;

import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.measure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that is promised, and what came out.
 *
 * @param reached empty where what it takes has not run
 */
record Target(String promise, Optional<Reached> reached) {
    private static final double GIGABYTE = 1e9;
    private static final List<Bout> OURS = List.of(
            Bout.SNAPSHOT_NOTHING,
            Bout.SNAPSHOT_PAIMON,
            Bout.STREAM_NOTHING,
            Bout.STREAM_PAIMON,
            Bout.TRANSACTION_NOTHING,
            Bout.TRANSACTION_PAIMON);

    /** A figure in words, and whether it is good enough. */
    record Reached(String figure, boolean met) {}

    static List<Target> of(Results results) {
        List<Target> targets = new ArrayList<>(isMySql(results) ? ofMySql(results) : ofPostgres(results));
        targets.add(new Target(
                "snapshot into Paimon: at most 1.3 × the CPU of bare reader and bare writer",
                Ratios.effort(results, Bout.SNAPSHOT_PAIMON).map(ratio -> atMost(1.3, ratio))));
        targets.add(new Target(
                "backlog into Paimon: at most 1.3 × the CPU of bare reader and bare writer",
                Ratios.effort(results, Bout.STREAM_PAIMON).map(ratio -> atMost(1.3, ratio))));
        targets.add(new Target("peak memory of each of ours: below 1 GB", peak(results)));
        return targets;
    }

    private static boolean isMySql(Results results) {
        return Stream.of(Bout.SELECT_1, Bout.SELECT_2, Bout.MYSQLBINLOG, Bout.DEBEZIUM)
                .anyMatch(bout -> results.raw(bout).isPresent());
    }

    private static List<Target> ofPostgres(Results results) {
        return List.of(
                new Target(
                        "snapshot into nothing: at least 85 % of `COPY BINARY` by two connections, in rows/s",
                        Ratios.speed(results, Bout.SNAPSHOT_NOTHING).map(ratio -> atLeast(0.85, ratio))),
                new Target(
                        "backlog into nothing: no slower than `pg_recvlogical`",
                        Ratios.speed(results, Bout.STREAM_NOTHING).map(ratio -> atLeast(1, ratio))),
                new Target(
                        "backlog into nothing: at most 3 µs of client CPU a row",
                        results.net(Bout.STREAM_NOTHING).map(series -> micros(3, series))));
    }

    private static List<Target> ofMySql(Results results) {
        return List.of(
                new Target(
                        "snapshot into nothing: at least 80 % of the binary `SELECT` by two connections, in rows/s",
                        Ratios.speed(results, Bout.SNAPSHOT_NOTHING).map(ratio -> atLeast(0.8, ratio))),
                new Target(
                        "backlog into nothing: at least 2 × `mysqlbinlog`, in rows/s",
                        Ratios.speed(results, Bout.STREAM_NOTHING, Bout.MYSQLBINLOG)
                                .map(ratio -> atLeast(2, ratio))),
                new Target(
                        "backlog into nothing: at least 8 × Debezium's engine, in rows/s",
                        Ratios.speed(results, Bout.STREAM_NOTHING, Bout.DEBEZIUM)
                                .map(ratio -> atLeast(8, ratio))));
    }

    private static Reached atLeast(double wanted, double ratio) {
        return new Reached(String.format(Locale.ROOT, "%.0f %%", 100 * ratio), ratio >= wanted);
    }

    private static Reached atMost(double wanted, double ratio) {
        return new Reached(String.format(Locale.ROOT, "%.2f ×", ratio), ratio <= wanted);
    }

    private static Reached micros(double most, Series series) {
        double micros = series.median(Cost::clientMicrosPerRow);
        return new Reached(String.format(Locale.ROOT, "%.1f µs", micros), micros <= most);
    }

    private static Optional<Reached> peak(Results results) {
        return OURS.stream()
                .flatMap(bout -> results.raw(bout).stream())
                .map(series -> series.spread(Cost::peakBytes).greatest())
                .max(Double::compare)
                .map(peak -> new Reached(String.format(Locale.ROOT, "%.0f MB", peak / 1e6), peak < GIGABYTE));
    }
}
