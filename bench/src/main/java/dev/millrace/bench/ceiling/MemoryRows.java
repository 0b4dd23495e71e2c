package dev.millrace.bench.ceiling;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.memory.MemorySegment;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;

/** The benchmark's rows in memory, by column, in the very form in which Paimon takes values. */
final class MemoryRows {
    static final RowType TYPE = RowType.builder()
            .field("id", DataTypes.BIGINT().notNull())
            .field("customer", DataTypes.INT().notNull())
            .field("quantity", DataTypes.INT().notNull())
            .field("status", DataTypes.SMALLINT().notNull())
            .field("price", DataTypes.DECIMAL(14, 4).notNull())
            .field("total", DataTypes.DECIMAL(18, 4))
            .field("name", DataTypes.STRING().notNull())
            .field("address", DataTypes.STRING().notNull())
            .field("note", DataTypes.STRING())
            .field("created", DataTypes.TIMESTAMP(6).notNull())
            .field("updated", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6).notNull())
            .field("due", DataTypes.DATE())
            .field("paid", DataTypes.BOOLEAN().notNull())
            .field("attributes", DataTypes.STRING())
            .field("reference", DataTypes.STRING().notNull())
            .field("weight", DataTypes.DOUBLE())
            .build();

    private static final int FETCH = 10_000;

    private final Column[] columns = new Column[TYPE.getFieldCount()];
    private int size;

    private MemoryRows(int capacity) {
        Arrays.setAll(columns, i -> new Column(capacity));
    }

    /** Reads the first rows of a table. */
    static MemoryRows read(String url, String table, int limit) throws SQLException {
        MemoryRows rows = new MemoryRows(limit);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH);
            try (ResultSet row = statement.executeQuery("select * from " + table + " order by id limit " + limit)) {
                while (row.next()) {
                    rows.add(row);
                }
            }
        }
        Arrays.stream(rows.columns).forEach(Column::seal);
        return rows;
    }

    int size() {
        return size;
    }

    boolean isNull(int column, int row) {
        return columns[column].nulls.get(row);
    }

    long number(int column, int row) {
        return columns[column].numbers[row];
    }

    BinaryString text(int column, int row) {
        Column texts = columns[column];
        int start = row == 0 ? 0 : texts.ends[row - 1];
        return BinaryString.fromAddress(texts.segments, start, texts.ends[row] - start);
    }

    private void add(ResultSet row) throws SQLException {
        for (int i = 0; i < columns.length; i++) {
            addCell(i, row);
        }
        size++;
    }

    private void addCell(int index, ResultSet row) throws SQLException {
        Column column = columns[index];
        int at = index + 1;
        if (row.getObject(at) == null) {
            column.nulls.set(size);
            column.text(size, new byte[0]);
            return;
        }
        switch (TYPE.getTypeAt(index).getTypeRoot()) {
            case BIGINT, INTEGER, SMALLINT -> column.numbers[size] = row.getLong(at);
            case BOOLEAN -> column.numbers[size] = row.getBoolean(at) ? 1 : 0;
            case DATE -> column.numbers[size] = row.getDate(at).toLocalDate().toEpochDay();
            case DOUBLE -> column.numbers[size] = Double.doubleToRawLongBits(row.getDouble(at));
            case DECIMAL ->
                column.numbers[size] = row.getBigDecimal(at).unscaledValue().longValueExact();
            // By the clock of this machine's zone, which is all the same to a writer.
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                column.numbers[size] = ChronoUnit.MICROS.between(
                        Instant.EPOCH, row.getTimestamp(at).toInstant());
            default -> column.text(size, row.getString(at).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Column {
        private final BitSet nulls = new BitSet();
        private final long[] numbers;
        private final int[] ends;
        private byte[] data = new byte[1024];
        private MemorySegment[] segments = {};

        Column(int capacity) {
            numbers = new long[capacity];
            ends = new int[capacity];
        }

        void text(int row, byte[] value) {
            int start = row == 0 ? 0 : ends[row - 1];
            int end = start + value.length;
            if (end > data.length) {
                data = Arrays.copyOf(data, Math.max(end, 2 * data.length));
            }
            System.arraycopy(value, 0, data, start, value.length);
            ends[row] = end;
        }

        void seal() {
            segments = new MemorySegment[] {MemorySegment.wrap(data)};
        }
    }
}
