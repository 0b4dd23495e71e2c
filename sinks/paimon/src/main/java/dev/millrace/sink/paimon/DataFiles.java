package dev.millrace.sink.paimon;

import dev.millrace.sink.paimon.BucketSplitter.BucketRows;
import java.util.List;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.io.DataFileMeta;

/** Writes rows of one bucket into data files that no snapshot names yet. */
sealed interface DataFiles permits KeyedDataFiles, AppendDataFiles {
    /**
     * Writes and closes the files.
     *
     * @param options       the table's options, with what was chosen for these rows
     * @param firstSequence the sequence number of the buffer's first position; the others follow
     */
    List<DataFileMeta> write(RowBuffer buffer, BucketRows rows, CoreOptions options, long firstSequence)
            throws Exception;
}
