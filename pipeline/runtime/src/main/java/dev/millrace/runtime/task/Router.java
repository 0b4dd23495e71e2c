package dev.millrace.runtime.task;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.RowSelection;
import dev.millrace.runtime.channel.ChannelElement;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Partitioner;
import dev.millrace.spi.Sink;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names a batch's table in the sink and gives each writer its rows. One a reader: confined to its thread. */
final class Router {
    private final Sink sink;
    private final ReaderChannels channels;
    private final SinkTables tables;
    private final Map<TableId, Route> routes = new HashMap<>();
    private int[] writerOfRow = new int[0];

    /** The way of one table under one schema. */
    private record Route(
            Schema source, Schema target, @Nullable Partitioner partitioner) {}

    Router(Sink sink, ReaderChannels channels, SinkTables tables) {
        this.sink = sink;
        this.channels = channels;
        this.tables = tables;
    }

    /** Sends the batch on its way and answers the name of its table in the sink. */
    TableId send(ChangeBatch batch) {
        Route route = routeOf(batch.schema());
        ChangeBatch named = route.target.table().equals(route.source.table()) ? batch : batch.withSchema(route.target);
        if (route.partitioner == null) {
            channels.put(0, new ChannelElement.Rows(RowSelection.all(named)));
        } else {
            share(named, route.partitioner);
        }
        return route.target.table();
    }

    void truncate(TableId sourceTable) {
        channels.putToAll(new ChannelElement.Truncate(tables.nameOfTruncated(sourceTable)));
    }

    private void share(ChangeBatch batch, Partitioner partitioner) {
        int rows = batch.rows();
        if (writerOfRow.length < rows) {
            writerOfRow = new int[Math.max(rows, 2 * writerOfRow.length)];
        }
        partitioner.assign(batch, writerOfRow);
        int[] counts = new int[channels.writers()];
        for (int row = 0; row < rows; row++) {
            counts[writerOfRow[row]]++;
        }
        for (int writer = 0; writer < counts.length; writer++) {
            int count = counts[writer];
            if (count > 0) {
                RowSelection selection = count == rows
                        ? RowSelection.all(batch)
                        : RowSelection.of(batch, rowsOf(writer, rows, count), count);
                channels.put(writer, new ChannelElement.Rows(selection));
            }
        }
    }

    private int[] rowsOf(int writer, int rows, int count) {
        int[] selected = new int[count];
        int next = 0;
        for (int row = 0; next < count && row < rows; row++) {
            if (writerOfRow[row] == writer) {
                selected[next++] = row;
            }
        }
        return selected;
    }

    private Route routeOf(Schema schema) {
        Route known = routes.get(schema.table());
        if (known != null && known.source.equals(schema)) {
            return known;
        }
        TableId table = tables.nameOf(schema.table());
        Schema target = table.equals(schema.table()) ? schema : schema.withTable(table);
        Partitioner partitioner = channels.writers() == 1 ? null : sink.partitioner(target);
        Route route = new Route(schema, target, partitioner);
        routes.put(schema.table(), route);
        return route;
    }
}
