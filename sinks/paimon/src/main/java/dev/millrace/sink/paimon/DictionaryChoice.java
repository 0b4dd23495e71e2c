package dev.millrace.sink.paimon;

import dev.millrace.model.ArrayVector;
import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.MapVector;
import dev.millrace.model.StructVector;
import dev.millrace.schema.Column;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which columns of a file get a dictionary. Building dictionaries is the largest single cost of writing Parquet, and is
 * lost on columns whose values hardly repeat; so a sample of the rows decides, column by column.
 */
final class DictionaryChoice {
    private static final String OPTION = "parquet.enable.dictionary";
    private static final int SAMPLE = 1024;
    /** A column whose values repeat less often than this on average goes without. */
    private static final int LEAST_REPETITION = 8;

    private final long[] seen = new long[4 * SAMPLE];

    /** The columns whose sampled values repeat often enough. */
    BitSet choose(RowBuffer buffer, int columns) {
        BitSet chosen = new BitSet(columns);
        int step = Math.max(1, buffer.size() / SAMPLE);
        for (int column = 0; column < columns; column++) {
            if (repeats(buffer, column, step)) {
                chosen.set(column);
            }
        }
        return chosen;
    }

    /** The table's options with the choice written in; what the user has set himself is left as it is. */
    static Map<String, String> apply(Map<String, String> options, List<Column> columns, BitSet chosen) {
        if (options.keySet().stream().anyMatch(key -> key.startsWith(OPTION))) {
            return options;
        }
        Map<String, String> chosenOptions = new LinkedHashMap<>(options);
        chosenOptions.put(OPTION, "false");
        chosen.stream()
                .forEach(column ->
                        chosenOptions.put(OPTION + "#" + columns.get(column).name(), "true"));
        return chosenOptions;
    }

    private boolean repeats(RowBuffer buffer, int column, int step) {
        Arrays.fill(seen, 0);
        int sampled = 0;
        int distinct = 0;
        for (int position = 0; position < buffer.size() && sampled < SAMPLE; position += step) {
            ColumnVector cells =
                    buffer.batches().get(buffer.batchOf(position)).cells(column).vector();
            sampled++;
            if (isNew(hash(cells, buffer.rowOf(position)))) {
                distinct++;
            }
        }
        return distinct * LEAST_REPETITION <= sampled;
    }

    private boolean isNew(long hash) {
        long mark = hash == 0 ? 1 : hash;
        int slot = (int) (mark & (seen.length - 1));
        while (seen[slot] != 0) {
            if (seen[slot] == mark) {
                return false;
            }
            slot = (slot + 1) & (seen.length - 1);
        }
        seen[slot] = mark;
        return true;
    }

    private static long hash(ColumnVector cells, int row) {
        return switch (cells) {
            case LongVector longs -> mix(longs.get(row));
            case DoubleVector doubles -> mix(Double.doubleToLongBits(doubles.get(row)));
            case BytesVector bytes -> {
                long hash = (long) bytes.end(row) - bytes.start(row);
                for (int i = bytes.start(row); i < bytes.end(row); i++) {
                    hash = 31 * hash + bytes.data()[i];
                }
                yield mix(hash);
            }
            // Each one counts as new: nested columns go without.
            case ArrayVector arrays -> mix(System.identityHashCode(cells) + (long) row);
            case MapVector maps -> mix(System.identityHashCode(cells) + (long) row);
            case StructVector structs -> mix(System.identityHashCode(cells) + (long) row);
        };
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
