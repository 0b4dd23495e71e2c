package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.model.Operation;
import dev.millrace.sink.paimon.BucketSplitter.BucketRows;
import java.util.List;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.format.FileFormat;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.io.RowDataRollingFileWriter;
import org.apache.paimon.manifest.FileSource;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.LongCounter;
import org.apache.paimon.utils.StatsCollectorFactories;

/** Files of a table without a key: rows in order of arrival, inserts only. */
final class AppendDataFiles implements DataFiles {
    private final TargetTable target;

    AppendDataFiles(TargetTable target) {
        this.target = target;
    }

    @Override
    public List<DataFileMeta> write(RowBuffer buffer, BucketRows rows, CoreOptions options, long firstSequence)
            throws Exception {
        RowType type = target.rowType();
        RowDataRollingFileWriter writer = new RowDataRollingFileWriter(
                target.table().fileIO(),
                target.table().schema().id(),
                FileFormat.fileFormat(options),
                options.targetFileSize(false),
                type,
                target.paths(rows.partition(), rows.bucket()),
                () -> new LongCounter(firstSequence),
                options.fileCompression(),
                StatsCollectorFactories.createStatsFactories(options.statsMode(), options, type.getFieldNames()),
                options.indexColumnsOptions(),
                FileSource.APPEND,
                options.asyncFileWrite(),
                options.statsDenseStore(),
                null);
        try (writer) {
            for (int position : rows.positions()) {
                if (!buffer.is(Operation.INSERT, position)) {
                    throw refused();
                }
                writer.write(buffer.window(position));
            }
        } catch (Exception e) {
            writer.abort();
            throw e;
        }
        return writer.result();
    }

    private MillraceException refused() {
        return new MillraceException(
                PaimonError.KEYLESS_CHANGE,
                "A row of " + target.schema().table() + " was updated or deleted at the source; the table has no key by"
                        + " which its row in " + target.name() + " could be found.",
                "Give the source table a primary key, or leave it out of 'tables'.");
    }
}
