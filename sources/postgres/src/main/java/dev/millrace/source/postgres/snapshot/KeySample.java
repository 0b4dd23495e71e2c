package dev.millrace.source.postgres.snapshot;

import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.Quoting;
import dev.millrace.source.postgres.types.BigEndian;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Where a table can be cut into chunks of about the same size, found without reading more than a few of its pages. */
final class KeySample {
    private static final int VALUES_PER_CHUNK = 32;
    private static final int FEWEST_PAGES = 64;
    private static final int MOST_PAGES = 20_000;
    private static final int GUESSED_ROWS_PER_PAGE = 20;
    /** Whole numbers of which at least this share is in use are evenly spread enough to compute with. */
    private static final double DENSE = 0.8;

    private final Connection connection;
    private final PgTable table;
    private final OrderedKey key;

    KeySample(Connection connection, PgTable table, OrderedKey key) {
        this.connection = connection;
        this.table = table;
        this.key = key;
    }

    /** Rising bounds between about as many chunks as wanted; fewer where many rows share a value. */
    List<byte[]> bounds(int chunks) throws SQLException {
        if (key.whole() && table.estimatedRows() > 0) {
            OptionalLong least = extreme("min");
            OptionalLong most = extreme("max");
            if (least.isPresent() && most.isPresent()) {
                double span = (double) most.getAsLong() - least.getAsLong() + 1;
                if (table.estimatedRows() >= DENSE * span) {
                    return computed(least.getAsLong(), most.getAsLong(), chunks);
                }
            }
        }
        return quantiles(sample(chunks), chunks);
    }

    private List<byte[]> computed(long least, long most, int chunks) {
        List<byte[]> bounds = new ArrayList<>();
        double step = ((double) most - least) / chunks;
        for (int i = 1; i < chunks; i++) {
            addRising(bounds, wholeNumber(least + (long) (i * step)));
        }
        return bounds;
    }

    private byte[] wholeNumber(long value) {
        return switch (key.column().type().base().name()) {
            case "int2" -> ByteBuffer.allocate(2).putShort((short) value).array();
            case "int4" -> ByteBuffer.allocate(4).putInt((int) value).array();
            default -> ByteBuffer.allocate(8).putLong(value).array();
        };
    }

    private List<byte[]> quantiles(List<byte[]> sample, int chunks) {
        List<byte[]> bounds = new ArrayList<>();
        for (int i = 1; i < chunks && !sample.isEmpty(); i++) {
            addRising(bounds, sample.get((int) ((long) i * sample.size() / chunks)));
        }
        return bounds;
    }

    private void addRising(List<byte[]> bounds, byte[] bound) {
        if (bounds.isEmpty() || key.order().compare(bounds.getLast(), bound, 0, bound.length) < 0) {
            bounds.add(bound);
        }
    }

    private OptionalLong extreme(String function) throws SQLException {
        String sql = "SELECT " + function + "(" + name() + ")" + CopyStatement.relation(table);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long value = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        }
    }

    private List<byte[]> sample(int chunks) throws SQLException {
        double rowsPerPage = table.estimatedRows() > 0
                ? Math.max(1, (double) table.estimatedRows() / table.pages())
                : GUESSED_ROWS_PER_PAGE;
        double pages = Math.clamp(VALUES_PER_CHUNK * chunks / rowsPerPage, FEWEST_PAGES, MOST_PAGES);
        double percent = Math.min(100, 100 * pages / table.pages());
        return values("COPY (SELECT " + name() + CopyStatement.relation(table) + " TABLESAMPLE SYSTEM ("
                + String.format(Locale.ROOT, "%.6f", percent) + ") ORDER BY 1) TO STDOUT (FORMAT binary)");
    }

    private List<byte[]> values(String sql) throws SQLException {
        List<byte[]> values = new ArrayList<>();
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        boolean headerSeen = false;
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            int at = headerSeen ? 0 : RowDecoder.headerLength(message);
            headerSeen = true;
            if (at < message.length && BigEndian.int2(message, at) == 1) {
                int length = BigEndian.int4(message, at + 2);
                values.add(Arrays.copyOfRange(message, at + 6, at + 6 + length));
            }
        }
        return values;
    }

    private String name() {
        return Quoting.identifier(key.column().name());
    }
}
