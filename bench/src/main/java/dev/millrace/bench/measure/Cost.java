package dev.millrace.bench.measure;

import java.time.Duration;

/**
 * What one run took.
 *
 * @param wall      from the first row asked for to the last one delivered
 * @param client    processor time of the process that reads or writes
 * @param server    processor time of all processes of the database server meanwhile
 * @param peakBytes the most memory the client's process ever held at a time
 */
public record Cost(long rows, long bytes, Duration wall, Duration client, Duration server, long peakBytes) {

    public double rowsPerSecond() {
        return rows / seconds(wall);
    }

    public double megabytesPerSecond() {
        return bytes / 1e6 / seconds(wall);
    }

    public double clientMicrosPerRow() {
        return client.toNanos() / 1e3 / rows;
    }

    public double serverMicrosPerRow() {
        return server.toNanos() / 1e3 / rows;
    }

    /** The same without what starting and ending take where there is nothing to do. */
    public Cost without(Cost start) {
        return new Cost(
                rows, bytes, rest(wall, start.wall), rest(client, start.client), rest(server, start.server), peakBytes);
    }

    private static Duration rest(Duration whole, Duration part) {
        Duration rest = whole.minus(part);
        return rest.isPositive() ? rest : Duration.ofMillis(1);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
