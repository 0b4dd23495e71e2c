package dev.millrace.spi;

import dev.millrace.model.ArrayVector;
import dev.millrace.model.BytesVector;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.MapVector;
import dev.millrace.model.StructVector;
import dev.millrace.schema.Schema;
import java.util.List;

/** For sinks without a rule of their own: by a hash of the key; all rows of a table without a key go to one writer. */
public final class KeyPartitioner implements Partitioner {
    private final List<Integer> key;
    private final int tableHash;
    private final int writers;

    public KeyPartitioner(Schema schema, int writers) {
        this.key = schema.key();
        this.tableHash = schema.table().hashCode();
        this.writers = writers;
    }

    @Override
    public void assign(ChangeBatch batch, int[] writerOfRow) {
        for (int row = 0; row < batch.rows(); row++) {
            int hash = tableHash;
            for (int i = 0; i < key.size(); i++) {
                hash = 31 * hash + hash(batch.column(key.get(i)), row);
            }
            writerOfRow[row] = Math.floorMod(spread(hash), writers);
        }
    }

    private static int hash(ColumnVector cells, int row) {
        return switch (cells) {
            case LongVector longs -> Long.hashCode(longs.get(row));
            case DoubleVector doubles -> Double.hashCode(doubles.get(row) + 0.0);
            case BytesVector bytes -> hash(bytes.data(), bytes.start(row), bytes.end(row));
            case ArrayVector arrays -> hash(arrays.elements(), arrays.start(row), arrays.end(row));
            case MapVector maps ->
                hash(maps.keys(), maps.start(row), maps.end(row)) + hash(maps.values(), maps.start(row), maps.end(row));
            case StructVector structs -> {
                int hash = 1;
                for (ColumnVector field : structs.fields()) {
                    hash = 31 * hash + hash(field, row);
                }
                yield hash;
            }
        };
    }

    private static int hash(ColumnVector cells, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + hash(cells, i);
        }
        return hash;
    }

    private static int hash(byte[] data, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + data[i];
        }
        return hash;
    }

    /** Keys that follow each other should not make a pattern. */
    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b9;
        return mixed ^ (mixed >>> 15);
    }
}
