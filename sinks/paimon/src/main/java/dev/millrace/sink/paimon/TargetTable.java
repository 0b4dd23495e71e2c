package dev.millrace.sink.paimon;

import dev.millrace.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.fs.Path;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.io.DataFilePathFactory;
import org.apache.paimon.manifest.ManifestEntry;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.RowType;

/**
 * A sink table that is open for writing, with the schema that its rows arrive in. The table's columns are the schema's, in
 * the same order.
 */
final class TargetTable {
    private final FileStoreTable table;
    private final Schema schema;
    private final int[] keyColumns;
    private final Signature signature;
    private final ConsistencyManifests manifests;

    private TargetTable(
            FileStoreTable table,
            Schema schema,
            int[] keyColumns,
            Signature signature,
            ConsistencyManifests manifests) {
        this.table = table;
        this.schema = schema;
        this.keyColumns = keyColumns;
        this.signature = signature;
        this.manifests = manifests;
    }

    static TargetTable open(FileStoreTable found, Schema schema, Signature signature, ConsistencyManifests manifests) {
        FileStoreTable table = found.copy(Map.of(
                CoreOptions.WRITE_ONLY.key(), "true", CoreOptions.DATA_FILE_PREFIX.key(), signature.filePrefix()));
        int[] key = table.schema().trimmedPrimaryKeys().stream()
                .mapToInt(schema::indexOf)
                .toArray();
        return new TargetTable(table, schema, key, signature, manifests);
    }

    FileStoreTable table() {
        return table;
    }

    Schema schema() {
        return schema;
    }

    /**
     * Indexes of the columns that identify a row within its partition, in Paimon's key order; empty for a table without a
     * key. Not to be written to.
     */
    int[] keyColumns() {
        return keyColumns;
    }

    boolean keyed() {
        return keyColumns.length > 0;
    }

    RowType rowType() {
        return table.rowType();
    }

    String name() {
        return table.fullName();
    }

    /** The highest number that any row of the table's current snapshot was given; new rows get higher ones. */
    long highestSequence() {
        long highest = -1;
        if (table.snapshotManager().latestSnapshotId() == null) {
            return highest;
        }
        var entries = table.newSnapshotReader().readFileIterator();
        while (entries.hasNext()) {
            ManifestEntry entry = entries.next();
            highest = Math.max(highest, entry.file().maxSequenceNumber());
        }
        return highest;
    }

    /**
     * The newest checkpoint of this pipeline that is known to be in the table; empty where none is. The snapshots of a table that
     * is quiet for long expire, all but the one that a merge has made and that bears no checkpoint; then the manifests know.
     */
    OptionalLong newestCommitted() {
        OptionalLong shown = signature.newestCommitted(table.snapshotManager());
        if (shown.isPresent()) {
            return shown;
        }
        long published = manifests.newest();
        return published == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(published);
    }

    DataFilePathFactory paths(BinaryRow partition, int bucket) {
        return table.store().pathFactory().createDataFilePathFactory(partition, bucket);
    }

    /** Removes files that no snapshot will ever name. */
    void delete(BinaryRow partition, int bucket, List<DataFileMeta> files) {
        DataFilePathFactory paths = paths(partition, bucket);
        for (DataFileMeta file : files) {
            for (Path path : file.collectFiles(paths)) {
                table.fileIO().deleteQuietly(path);
            }
        }
    }
}
