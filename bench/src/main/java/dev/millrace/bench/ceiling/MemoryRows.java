package dev.millrace.bench.ceiling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.UUID;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.memory.MemorySegment;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

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

    private static final int HEADER = 19;
    private static final long EPOCH_MICROS = 946_684_800_000_000L;
    private static final int EPOCH_DAYS = 10_957;

    private final Column[] columns = new Column[TYPE.getFieldCount()];
    private int size;
    private long bytes;

    private MemoryRows(int capacity) {
        Arrays.setAll(columns, i -> new Column(capacity));
    }

    /** Reads the first rows of a table. */
    static MemoryRows read(String url, String table, int limit) throws SQLException {
        MemoryRows rows = new MemoryRows(limit);
        try (Connection connection = DriverManager.getConnection(url)) {
            CopyOut copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select * from " + table + " order by id limit " + limit
                            + ") to stdout (format binary)");
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                rows.add(row);
            }
        }
        return rows;
    }

    int size() {
        return size;
    }

    /** What the rows took in COPY's binary format, a row on average. */
    long bytesPerRow() {
        return bytes / size;
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

    /** The first row follows the header of the whole; the end is a row of -1 fields. */
    private void add(byte[] message) {
        ByteBuffer row = ByteBuffer.wrap(message);
        if (size == 0) {
            row.position(HEADER);
        }
        if (row.getShort() < 0) {
            Arrays.stream(columns).forEach(Column::seal);
            return;
        }
        for (int i = 0; i < columns.length; i++) {
            addCell(i, row);
        }
        bytes += message.length;
        size++;
    }

    private void addCell(int index, ByteBuffer row) {
        Column column = columns[index];
        int length = row.getInt();
        if (length < 0) {
            column.nulls.set(size);
            column.text(size, new byte[0]);
            return;
        }
        ByteBuffer cell = row.slice(row.position(), length);
        row.position(row.position() + length);
        switch (TYPE.getTypeAt(index).getTypeRoot()) {
            case BIGINT -> column.numbers[size] = cell.getLong();
            case INTEGER -> column.numbers[size] = cell.getInt();
            case SMALLINT -> column.numbers[size] = cell.getShort();
            case BOOLEAN -> column.numbers[size] = cell.get();
            case DATE -> column.numbers[size] = (long) cell.getInt() + EPOCH_DAYS;
            case DOUBLE -> column.numbers[size] = cell.getLong();
            case DECIMAL -> column.numbers[size] = decimal(cell);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                column.numbers[size] = cell.getLong() + EPOCH_MICROS;
            default -> column.text(size, text(TYPE.getFieldNames().get(index), cell));
        }
    }

    private static byte[] text(String column, ByteBuffer cell) {
        if (column.equals("reference")) {
            return new UUID(cell.getLong(), cell.getLong()).toString().getBytes(StandardCharsets.US_ASCII);
        }
        if (column.equals("attributes")) {
            // jsonb begins with the number of its format.
            cell.get();
        }
        byte[] text = new byte[cell.remaining()];
        cell.get(text);
        return text;
    }

    /** An unscaled value of scale 4, which is one digit to the base 10,000 after the point; these columns are never negative. */
    private static long decimal(ByteBuffer cell) {
        int digits = cell.getShort();
        int weight = cell.getShort();
        cell.getInt();
        long value = 0;
        for (int i = 0; i <= weight + 1; i++) {
            value = 10_000 * value + (i < digits ? cell.getShort() : 0);
        }
        return value;
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
