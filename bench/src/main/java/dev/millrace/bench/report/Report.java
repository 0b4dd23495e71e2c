package dev.millrace.bench.report;

import dev.millrace.bench.measure.Cost;
import dev.millrace.bench.measure.Series;
import dev.millrace.bench.measure.Series.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Results as text. */
public final class Report {
    private static final List<String> HEAD = List.of(
            "what",
            "rows/s, median (least to greatest)",
            "MB/s",
            "client µs a row",
            "server µs a row",
            "client CPU s",
            "server CPU s",
            "peak RSS MB",
            "rows/s ÷ ceiling",
            "CPU ÷ ceiling");

    private final Results results;

    public Report(Results results) {
        this.results = results;
    }

    /** For a terminal: the table, the cost of a start, the targets. */
    public String text() {
        return render(TextGrid::aligned).replace("`", "").replace("**", "");
    }

    /** For {@code docs/benchmarks.md}. */
    public String markdown() {
        return render(TextGrid::markdown);
    }

    private String render(Function<TextGrid, String> grid) {
        return grid.apply(figures()) + "\n" + grid.apply(starts()) + "\n" + grid.apply(targets());
    }

    private TextGrid figures() {
        List<List<String>> lines = new ArrayList<>();
        for (Bout bout : Bout.values()) {
            if (!Bout.STARTS.contains(bout)) {
                results.net(bout).map(series -> line(bout, series)).ifPresent(lines::add);
            }
        }
        return new TextGrid(HEAD, lines);
    }

    private List<String> line(Bout bout, Series series) {
        Spread speed = series.spread(Cost::rowsPerSecond);
        return List.of(
                series.name(),
                String.format(Locale.ROOT, "%,.0f (%,.0f to %,.0f)", speed.median(), speed.least(), speed.greatest()),
                number("%.0f", series.median(Cost::megabytesPerSecond)),
                spread(series.spread(Cost::clientMicrosPerRow)),
                spread(series.spread(Cost::serverMicrosPerRow)),
                number("%.2f", series.median(cost -> cost.client().toNanos() / 1e9)),
                number("%.2f", series.median(cost -> cost.server().toNanos() / 1e9)),
                number("%.0f", series.spread(Cost::peakBytes).greatest() / 1e6),
                ratio(Ratios.speed(results, bout)),
                ratio(Ratios.effort(results, bout)));
    }

    private TextGrid starts() {
        List<List<String>> lines = new ArrayList<>();
        for (Bout bout : Bout.values()) {
            if (Bout.STARTS.contains(bout)) {
                results.raw(bout)
                        .map(series -> List.of(
                                series.name(),
                                number("%.2f", series.median(cost -> cost.wall().toNanos() / 1e9)),
                                number(
                                        "%.2f",
                                        series.median(cost -> cost.client().toNanos() / 1e9)),
                                number("%.0f", series.spread(Cost::peakBytes).greatest() / 1e6)))
                        .ifPresent(lines::add);
            }
        }
        return new TextGrid(List.of("taken off above", "seconds", "client CPU s", "peak RSS MB"), lines);
    }

    private TextGrid targets() {
        List<List<String>> lines = Target.of(results).stream()
                .map(target -> List.of(
                        target.promise(),
                        target.reached().map(Target.Reached::figure).orElse("not run"),
                        target.reached()
                                .map(reached -> reached.met() ? "pass" : "short")
                                .orElse("")))
                .toList();
        return new TextGrid(List.of("target", "reached", ""), lines);
    }

    private static String spread(Spread spread) {
        return String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", spread.median(), spread.least(), spread.greatest());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String ratio(Optional<Double> ratio) {
        return ratio.map(value -> number("%.2f", value)).orElse("");
    }
}
