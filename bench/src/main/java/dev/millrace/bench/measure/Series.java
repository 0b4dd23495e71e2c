package dev.millrace.bench.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The costs of one contender, a round each. */
public record Series(String name, List<Cost> rounds) {
    public Series {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException(name + " has not run");
        }
    }

    /** Middle, least and greatest of a figure over the rounds. */
    public record Spread(double median, double least, double greatest) {}

    public Spread spread(ToDoubleFunction<Cost> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    public double median(ToDoubleFunction<Cost> figure) {
        return spread(figure).median();
    }
}
