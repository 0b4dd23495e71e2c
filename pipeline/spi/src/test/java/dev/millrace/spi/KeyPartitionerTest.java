package dev.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.model.BytesVector;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.LongVector;
import dev.millrace.model.Operation;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyPartitionerTest {
    private static final int ROWS = 10_000;
    private static final List<Column> COLUMNS = List.of(
            new Column(1, "id", new DataType.Int64(), false),
            new Column(2, "name", new DataType.Text(), false),
            new Column(3, "value", new DataType.Int64(), true));

    @Test
    void givesRowsOfAKeyToOneWriterWhateverElseTheyHold() {
        int[] some = assign(List.of(0, 1), 3, batch(List.of(0, 1), 1));
        int[] others = assign(List.of(0, 1), 3, batch(List.of(0, 1), 2));

        assertThat(some).isEqualTo(others);
    }

    @Test
    void sharesKeysEvenly() {
        for (List<Integer> key : List.of(List.of(0), List.of(1), List.of(0, 1))) {
            int[] writers = assign(key, 4, batch(key, 1));
            for (int writer = 0; writer < 4; writer++) {
                int wanted = writer;
                assertThat(Arrays.stream(writers).filter(w -> w == wanted).count())
                        .as("rows of writer " + writer + " by key " + key)
                        .isBetween(2_000L, 3_000L);
            }
        }
    }

    @Test
    void givesATableWithoutAKeyToOneWriter() {
        int[] writers = assign(List.of(), 4, batch(List.of(), 1));

        assertThat(Arrays.stream(writers).distinct().count()).isEqualTo(1);
    }

    private static int[] assign(List<Integer> key, int writers, ChangeBatch batch) {
        int[] assigned = new int[batch.rows()];
        new KeyPartitioner(schema(key), writers).assign(batch, assigned);
        return assigned;
    }

    private static Schema schema(List<Integer> key) {
        return new Schema(TableId.of("shop", "orders"), 1, COLUMNS, key);
    }

    private static ChangeBatch batch(List<Integer> key, long value) {
        ChangeBatchBuilder builder = new ChangeBatchBuilder(schema(key), ChangeBatch.Origin.LOG);
        builder.startTransaction(1, 1, 1);
        for (int i = 0; i < ROWS; i++) {
            byte[] name = ("name " + i).getBytes(StandardCharsets.UTF_8);
            ((LongVector.Builder) builder.column(0)).append(i);
            ((BytesVector.Builder) builder.column(1)).appendCell(name, 0, name.length);
            ((LongVector.Builder) builder.column(2)).append(value);
            builder.endRow(Operation.INSERT);
        }
        return builder.build();
    }
}
