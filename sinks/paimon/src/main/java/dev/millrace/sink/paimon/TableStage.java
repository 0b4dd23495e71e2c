package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.Operation;
import dev.millrace.model.RowSelection;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.sink.paimon.BucketSplitter.BucketRows;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.io.DataFileMeta;

/** One table in one writer: rows that wait, and files that are staged. */
final class TableStage {
    private final TargetTable target;
    private final RowBuffer buffer = new RowBuffer();
    private final BucketSplitter buckets;
    private final DictionaryChoice dictionaries;
    private final StagedFiles staged;
    private final DataFiles files;
    private final Map<BitSet, CoreOptions> optionsByChoice = new HashMap<>();
    private long nextSequence;

    TableStage(TargetTable target, DictionaryChoice dictionaries) {
        this.target = target;
        this.dictionaries = dictionaries;
        this.buckets = new BucketSplitter(target);
        this.staged = new StagedFiles(target);
        this.files = target.keyed()
                ? new KeyedDataFiles(target, new CurrentRows(target, staged))
                : new AppendDataFiles(target);
        this.nextSequence = target.highestSequence() + 1;
    }

    String name() {
        return target.name();
    }

    /**
     * Whether rows of this shape can go on into the same stage. Comments and columns' ids do not matter: they differ between
     * source tables that are routed into one.
     */
    boolean accepts(RowSelection rows) {
        Schema schema = rows.batch().schema();
        return schema.equals(target.schema())
                || schema.key().equals(target.schema().key()) && shape(schema).equals(shape(target.schema()));
    }

    private static List<Column> shape(Schema schema) {
        return schema.columns().stream()
                .map(column -> new Column(0, column.name(), column.type(), column.nullable()))
                .toList();
    }

    void add(RowSelection rows) {
        refuseWhatPaimonCannotHold(rows);
        buffer.add(rows);
    }

    long bufferedBytes() {
        return buffer.bytes();
    }

    /** Writes what waits into files. */
    void flush() throws Exception {
        if (buffer.size() == 0) {
            buffer.clear();
            return;
        }
        CoreOptions options = options();
        for (BucketRows rows : buckets.split(buffer)) {
            List<DataFileMeta> written = files.write(buffer, rows, options, nextSequence);
            staged.add(rows.partition(), rows.bucket(), written);
        }
        nextSequence += buffer.size();
        buffer.clear();
    }

    void truncate() {
        buffer.clear();
        staged.truncate();
    }

    boolean hasOutput() {
        return buffer.size() > 0 || !staged.isEmpty();
    }

    StagedOutput prepare(long checkpointId) {
        return staged.prepare(checkpointId);
    }

    /** Drops what no barrier has closed yet. */
    void discard() {
        buffer.clear();
        staged.deleteOpen();
    }

    private CoreOptions options() {
        BitSet chosen = dictionaries.choose(buffer, target.schema().columns().size());
        return optionsByChoice.computeIfAbsent(
                chosen,
                choice -> CoreOptions.fromMap(DictionaryChoice.apply(
                        target.table().options(), target.schema().columns(), choice)));
    }

    private void refuseWhatPaimonCannotHold(RowSelection rows) {
        List<Column> columns = rows.batch().schema().columns();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (!column.nullable() && rows.batch().column(i).states().anyNull()) {
                refuseNulls(rows, i);
            }
            if (column.type() instanceof DataType.Time && !PaimonTypes.asText(column.type())) {
                refuseEndOfDay(rows, i);
            }
        }
        for (int key : rows.batch().schema().key()) {
            if (rows.batch().column(key) instanceof DoubleVector numbers) {
                refuseUnorderedKeys(rows, key, numbers);
            }
        }
    }

    /** Paimon merges files by comparing keys, and to it NaN equals every number and the two zeros differ. */
    private void refuseUnorderedKeys(RowSelection rows, int column, DoubleVector numbers) {
        for (int i = 0; i < rows.count(); i++) {
            double number = numbers.get(rows.row(i));
            if (Double.isNaN(number)) {
                throw refused(rows.batch(), rows.row(i), column, "NaN, which Paimon can't tell from other keys");
            }
            if (number == 0 && Double.doubleToRawLongBits(number) != 0) {
                throw refused(rows.batch(), rows.row(i), column, "-0, which Paimon does not take for the key 0");
            }
        }
    }

    private void refuseNulls(RowSelection rows, int column) {
        ChangeBatch batch = rows.batch();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (batch.column(column).isNull(row)
                    && (batch.operation(row) == Operation.INSERT || batch.operation(row) == Operation.UPDATE_AFTER)) {
                throw refused(batch, row, column, "null, which the column does not allow");
            }
        }
    }

    private void refuseEndOfDay(RowSelection rows, int column) {
        long dayMicros = 86_400_000_000L;
        LongVector times = (LongVector) rows.batch().column(column);
        for (int i = 0; i < rows.count(); i++) {
            if (times.get(rows.row(i)) >= dayMicros) {
                throw refused(rows.batch(), rows.row(i), column, "24:00:00, for which Paimon's TIME has no value");
            }
        }
    }

    private MillraceException refused(ChangeBatch batch, int row, int column, String what) {
        return new MillraceException(
                PaimonError.VALUE,
                "Column '" + target.schema().columns().get(column).name() + "' of " + RowName.of(target, batch, row)
                        + " holds " + what + ".",
                "Change the value at the source, or the column's type to one that can hold it.");
    }
}
