package dev.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.LongVector;
import dev.millrace.model.Operation;
import dev.millrace.model.RowSelection;
import dev.millrace.runtime.channel.ChannelElement;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReaderChannelsTest {
    private static final Schema SCHEMA = new Schema(
            TableId.of("shop", "orders"), 1, List.of(new Column(1, "id", new DataType.Int64(), false)), List.of(0));

    @Test
    void hasRoomUntilOneChannelHoldsItsShare() {
        ChannelElement.Rows rows = new ChannelElement.Rows(RowSelection.all(batch(100)));
        long size = rows.rows().byteSize();
        ReaderChannels channels = new ReaderChannels(1, 2, 4 * size);

        channels.put(0, rows);
        channels.put(1, rows);
        assertThat(channels.haveRoom()).isTrue();
        channels.put(1, rows);
        assertThat(channels.haveRoom()).isFalse();

        assertThat(channels.channel(1).poll()).isEqualTo(rows);
        assertThat(channels.haveRoom()).isTrue();
    }

    @Test
    void takesWhatWasReadAlreadyHoweverMuchItIs() {
        ReaderChannels channels = new ReaderChannels(1, 1, 1);

        channels.put(0, new ChannelElement.Rows(RowSelection.all(batch(100))));
        channels.put(0, new ChannelElement.Rows(RowSelection.all(batch(50))));

        assertThat(channels.channel(0).bytes()).isGreaterThan(1_000);
    }

    @Test
    void countsAllThatASelectionKeepsAlive() {
        ReaderChannels channels = new ReaderChannels(1, 1, 1);
        ChangeBatch batch = batch(100);

        channels.put(
                0,
                new ChannelElement.Rows(
                        RowSelection.of(batch, IntStream.range(0, 60).toArray(), 60)));

        assertThat(channels.channel(0).bytes()).isGreaterThanOrEqualTo(batch.byteSize());
    }

    @Test
    void countsLittleForFewRows() {
        ReaderChannels channels = new ReaderChannels(1, 1, 1);
        ChangeBatch batch = batch(1000);

        channels.put(0, new ChannelElement.Rows(RowSelection.of(batch, new int[] {1, 5}, 2)));

        assertThat(channels.channel(0).bytes()).isPositive().isLessThan(batch.byteSize() / 4);
    }

    @Test
    void keepsTheOrderOfAllReaders() {
        ReaderChannels channels = new ReaderChannels(2, 1, 1);

        channels.putToAll(new ChannelElement.Time(0, 1));
        channels.putToAll(new ChannelElement.Time(1, 2));

        assertThat(channels.channel(0).poll()).isEqualTo(new ChannelElement.Time(0, 1));
        assertThat(channels.channel(0).poll()).isEqualTo(new ChannelElement.Time(1, 2));
        assertThat(channels.channel(0).poll()).isNull();
    }

    private static ChangeBatch batch(int rows) {
        ChangeBatchBuilder builder = new ChangeBatchBuilder(SCHEMA, ChangeBatch.Origin.LOG);
        builder.startTransaction(1, 1, 1);
        for (int i = 0; i < rows; i++) {
            ((LongVector.Builder) builder.column(0)).append(i);
            builder.endRow(Operation.INSERT);
        }
        return builder.build();
    }
}
