package dev.millrace.sink.paimon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.table.sink.KeyAndBucketExtractor;

/** Says in which partition and bucket each row of a buffer belongs. */
final class BucketSplitter {
    private static final int ONLY_BUCKET = 0;
    private final KeyAndBucketExtractor<InternalRow> extractor;
    private final boolean single;

    BucketSplitter(TargetTable target) {
        this.extractor = target.table().createRowKeyExtractor();
        int buckets = target.table().coreOptions().bucket();
        this.single = target.table().partitionKeys().isEmpty() && buckets <= 1;
    }

    /** The buffer's rows, bucket by bucket, each in order of arrival. */
    List<BucketRows> split(RowBuffer buffer) {
        if (single) {
            return List.of(new BucketRows(BinaryRow.EMPTY_ROW, ONLY_BUCKET, buffer.positions()));
        }
        Map<Place, Positions> byPlace = new LinkedHashMap<>();
        for (int position = 0; position < buffer.size(); position++) {
            extractor.setRecord(buffer.window(position));
            Place place = new Place(extractor.partition(), extractor.bucket());
            Positions rows = byPlace.get(place);
            if (rows == null) {
                rows = new Positions();
                byPlace.put(new Place(place.partition.copy(), place.bucket), rows);
            }
            rows.add(position);
        }
        List<BucketRows> split = new ArrayList<>(byPlace.size());
        byPlace.forEach((place, rows) -> split.add(new BucketRows(place.partition, place.bucket, rows.toArray())));
        return split;
    }

    /** Positions of a buffer that belong to one bucket. */
    static final class BucketRows {
        private final BinaryRow partition;
        private final int bucket;
        private final int[] positions;

        BucketRows(BinaryRow partition, int bucket, int[] positions) {
            this.partition = partition;
            this.bucket = bucket;
            this.positions = positions;
        }

        BinaryRow partition() {
            return partition;
        }

        int bucket() {
            return bucket;
        }

        /** Handed over: whoever takes them may reorder them. */
        int[] positions() {
            return positions;
        }
    }

    private record Place(BinaryRow partition, int bucket) {}

    private static final class Positions {
        private int[] values = new int[16];
        private int size;

        void add(int position) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = position;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
