package dev.millrace.source.mysql.snapshot;

import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.Quoting;
import dev.millrace.source.mysql.wire.ServerSession;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a table can be cut into chunks of about the same size. Whole numbers that are mostly in use are computed with. Other keys are
 * halved again and again: a value that lies between two others is made up, the key that comes next is looked up, and the
 * server says how many rows it thinks there are on both sides; each is a look into an index.
 */
final class KeyBounds {
    /** Whole numbers of which at least this share is in use are evenly spread enough to compute with. Estimates of rows may be half. */
    private static final double DENSE = 0.5;

    private static final int MOST_PROBES = 48;
    private static final int MARIADB_ROWS = 8;
    private static final int MYSQL_ROWS = 9;

    private final ServerSession session;
    private final MySqlTable table;
    private final List<MySqlColumn> columns;
    private final long deadlineNanos;
    private final String from;
    private final List<List<String>> bounds = new ArrayList<>();

    /**
     * @param columns       indexes of the table's columns that bounds may have values of: the first ones of its key
     * @param deadlineNanos no more bounds are looked for then
     */
    KeyBounds(ServerSession session, MySqlTable table, List<Integer> columns, long deadlineNanos) {
        this.session = session;
        this.table = table;
        this.columns = columns.stream().map(table.columns()::get).toList();
        this.deadlineNanos = deadlineNanos;
        this.from = " from " + table.quotedName() + ChunkStatement.index(table) + " where ";
    }

    /**
     * Rows of the same values in the first columns of the key.
     *
     * @param prefix those values
     * @param least  the least value of the next column
     * @param end    the value where they end, exclusive; empty for all that follow
     * @param probes between what new values are made up
     */
    private record Stretch(List<String> prefix, String least, Optional<String> end, Probes probes) {}

    /** A value at which to cut, and about how many rows there are on both sides. */
    private record Cut(String value, Stretch left, Stretch right, long leftRows, long rightRows) {}

    /** Rising bounds between about as many chunks as wanted; fewer where many rows share a value, or time is up. */
    List<List<String>> find(int chunks) {
        stretch(List.of()).ifPresent(all -> {
            if (!compute(all, chunks)) {
                cut(all, chunks);
            }
        });
        return bounds;
    }

    /** All rows whose first columns have these values. */
    private Optional<Stretch> stretch(List<String> prefix) {
        MySqlColumn column = columns.get(prefix.size());
        Optional<String> least = first(column, same(prefix), "");
        Optional<String> most = first(column, same(prefix), " desc");
        return least.flatMap(low ->
                most.map(high -> new Stretch(prefix, low, Optional.empty(), new Probes(column.type(), low, high))));
    }

    /** Reads one entry of the index, also of one that descends, where {@code min} would read them all. */
    private Optional<String> first(MySqlColumn column, String condition, String direction) {
        String name = Quoting.identifier(column.name());
        return session
                .query("select " + KeyCondition.printed(column, name) + from + condition + " order by " + name
                        + direction + " limit 1")
                .stream()
                .map(row -> Objects.requireNonNull(row.getFirst()))
                .findFirst();
    }

    private boolean compute(Stretch all, int chunks) {
        if (!columns.getFirst().type().isWholeNumber() || table.key().size() > 1) {
            return false;
        }
        BigInteger least = new BigInteger(all.least());
        BigInteger span = new BigInteger(all.probes().high()).subtract(least).add(BigInteger.ONE);
        if (table.estimatedRows() < DENSE * span.doubleValue()) {
            return false;
        }
        BigInteger last = least;
        for (int i = 1; i < chunks; i++) {
            BigInteger bound = least.add(span.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(chunks)));
            if (bound.compareTo(last) > 0) {
                bounds.add(List.of(bound.toString()));
                last = bound;
            }
        }
        return true;
    }

    /** Adds the bounds inside the stretch, in their order. */
    private void cut(Stretch stretch, int pieces) {
        if (pieces < 2 || System.nanoTime() - deadlineNanos >= 0) {
            return;
        }
        Optional<Cut> found = find(stretch, pieces);
        if (found.isEmpty()) {
            cutByNextColumn(stretch, pieces);
            return;
        }
        Cut cut = found.get();
        double share = (double) cut.leftRows() / (cut.leftRows() + cut.rightRows());
        int left = Math.clamp(Math.round(pieces * share), 1, pieces - 1);
        cut(cut.left(), left);
        bounds.add(
                Stream.concat(stretch.prefix().stream(), Stream.of(cut.value())).toList());
        cut(cut.right(), pieces - left);
    }

    /** A cut that leaves no crumbs. What is cut off a side for being one stays with its neighbour. */
    private Optional<Cut> find(Stretch whole, int pieces) {
        Stretch stretch = whole;
        for (int i = 0; i < MOST_PROBES && System.nanoTime() - deadlineNanos < 0; i++) {
            Optional<String> probe = stretch.probes().middle();
            Optional<String> next = next(stretch, probe);
            if (next.isEmpty()) {
                if (probe.isEmpty()) {
                    return Optional.empty();
                }
                stretch = new Stretch(
                        stretch.prefix(),
                        stretch.least(),
                        stretch.end(),
                        stretch.probes().below(probe.get()));
                continue;
            }
            Cut cut = cut(stretch, probe.orElse(next.get()), next.get());
            long crumb = (cut.leftRows() + cut.rightRows()) / (2L * pieces);
            if (cut.leftRows() < crumb) {
                stretch = cut.right();
            } else if (cut.rightRows() < crumb) {
                stretch = cut.left();
            } else {
                return Optional.of(cut);
            }
        }
        return Optional.empty();
    }

    private Cut cut(Stretch stretch, String probe, String value) {
        Probes probes = stretch.probes();
        Stretch left = new Stretch(stretch.prefix(), stretch.least(), Optional.of(value), probes.below(probe));
        Stretch right = new Stretch(stretch.prefix(), value, stretch.end(), probes.above(probe, value));
        return new Cut(value, left, right, rows(left), rows(right));
    }

    /** Many rows share the values so far. */
    private void cutByNextColumn(Stretch stretch, int pieces) {
        List<String> prefix = Stream.concat(stretch.prefix().stream(), Stream.of(stretch.least()))
                .toList();
        if (prefix.size() < columns.size() && isOneValue(stretch)) {
            stretch(prefix).ifPresent(inside -> cut(inside, pieces));
        }
    }

    private boolean isOneValue(Stretch stretch) {
        return session.query("select 1" + from + behindLeast(stretch) + " limit 1")
                .isEmpty();
    }

    /** The least value from the probe on, or, where there is none, of all, that is behind the stretch's first. */
    private Optional<String> next(Stretch stretch, Optional<String> probe) {
        MySqlColumn column = column(stretch);
        String fromProbe = probe.map(value -> " and " + KeyCondition.compared(column, ">=", value))
                .orElse("");
        return first(column, behindLeast(stretch) + fromProbe, "");
    }

    private String behindLeast(Stretch stretch) {
        return same(stretch.prefix()) + " and " + KeyCondition.compared(column(stretch), ">", stretch.least())
                + until(stretch);
    }

    private String until(Stretch stretch) {
        return stretch.end()
                .map(end -> " and " + KeyCondition.compared(column(stretch), "<", end))
                .orElse("");
    }

    private String same(List<String> prefix) {
        StringBuilder condition = new StringBuilder("true");
        for (int i = 0; i < prefix.size(); i++) {
            condition.append(" and ").append(KeyCondition.compared(columns.get(i), "=", prefix.get(i)));
        }
        return condition.toString();
    }

    /** As the server estimates it. */
    private long rows(Stretch stretch) {
        List<@Nullable String> plan = session.query("explain format = traditional select 1" + from
                        + same(stretch.prefix()) + " and "
                        + KeyCondition.compared(column(stretch), ">=", stretch.least()) + until(stretch))
                .getFirst();
        String rows = plan.get(session.greeting().isMariaDb() ? MARIADB_ROWS : MYSQL_ROWS);
        return rows == null ? 1 : Math.max(1, Long.parseLong(rows));
    }

    private MySqlColumn column(Stretch stretch) {
        return columns.get(stretch.prefix().size());
    }
}
