package dev.millrace.sink.paimon;

import dev.millrace.model.BytesVector;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.schema.Schema;
import dev.millrace.spi.Partitioner;
import java.util.Arrays;

/**
 * Shares rows among writers by key. Neighbouring whole numbers stay together: a small table, or a chunk of a snapshot, then
 * ends up in one writer and in one file, while a large table is spread over all of them.
 */
final class KeyPartitioner implements Partitioner {
    private static final int NEIGHBOURS_SHIFT = 14;
    private final int[] key;
    private final long table;
    private final int writers;

    KeyPartitioner(Schema schema, int writers) {
        this.key = schema.key().stream().mapToInt(Integer::intValue).toArray();
        this.table = mix(schema.table().toString().hashCode());
        this.writers = writers;
    }

    @Override
    public void assign(ChangeBatch batch, int[] assigned) {
        if (writers == 1) {
            Arrays.fill(assigned, 0, batch.rows(), 0);
            return;
        }
        if (key.length == 0) {
            Arrays.fill(
                    assigned,
                    0,
                    batch.rows(),
                    writer(mix(table + batch.transactions().position(0))));
            return;
        }
        ColumnVector first = batch.column(key[0]);
        for (int row = 0; row < batch.rows(); row++) {
            assigned[row] = writer(mix(table + hash(first, row)));
        }
    }

    private int writer(long hash) {
        return (int) Long.remainderUnsigned(hash, writers);
    }

    private static long hash(ColumnVector cells, int row) {
        return switch (cells) {
            case LongVector longs -> longs.get(row) >> NEIGHBOURS_SHIFT;
            case DoubleVector doubles -> Double.doubleToLongBits(doubles.get(row) + 0.0);
            case BytesVector bytes -> {
                long hash = 1;
                for (int i = bytes.start(row); i < bytes.end(row); i++) {
                    hash = 31 * hash + bytes.data()[i];
                }
                yield hash;
            }
            default -> 0;
        };
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
