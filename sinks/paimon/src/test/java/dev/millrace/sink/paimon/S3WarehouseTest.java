package dev.millrace.sink.paimon;

import static dev.millrace.sink.paimon.Tables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.CommitOutcomeUnknownException;
import dev.millrace.servers.s3.MiniS3;
import dev.millrace.servers.s3.S3Fault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3WarehouseTest {

    @TempDir
    Path folder;

    private Bucket bucket;
    private MiniS3 store;

    @BeforeEach
    void makeBucket() throws Exception {
        bucket = Bucket.made();
        store = bucket.store();
    }

    @AfterEach
    void closeBucket() {
        bucket.close();
    }

    @Test
    void keepsTablesAndManifestsInABucket() {
        try (Lake lake = lake()) {
            lake.create(ORDERS);
            lake.committer().discardStaged(0);
            lake.write(Rows.of(ORDERS).insert(1, "new").insert(2, "new"));
            lake.checkpoint(1);
            lake.write(Rows.of(ORDERS).update(1, "paid"));
            lake.checkpoint(2);
        }
        try (Lake lake = lake()) {
            assertThat(lake.committer().newestCommitted()).hasValue(2);
            assertThat(lake.rows(ORDERS)).containsExactly("1|paid", "2|new");
            assertThat(lake.rows(ORDERS, OptionalLong.of(1))).containsExactly("1|new", "2|new");
            assertThat(lake.manifests()).hasSize(2);
        }
    }

    @Test
    void commitsOnceWhereTheAnswerToACommitIsLost() {
        try (Lake lake = lake()) {
            lake.create(ORDERS);
            AtomicInteger lost = new AtomicInteger();
            store.faults((method, key) -> method.equals("PUT") && key.contains("/snapshot/snapshot-")
                    ? Optional.<S3Fault>of(new S3Fault.LoseAnswer()).filter(f -> lost.getAndIncrement() == 0)
                    : Optional.empty());
            lake.write(Rows.of(ORDERS).insert(1, "new"));
            lake.checkpoint(1);

            assertThat(lost.get()).isPositive();
            assertThat(lake.rows(ORDERS)).containsExactly("1|new");
            assertThat(lake.<Long>inspect(
                            ORDERS, table -> table.snapshotManager().latestSnapshotId()))
                    .isEqualTo(1);
        }
    }

    @Test
    void showsNothingOfACheckpointWhileTheStoreRefusesAndAllOfItLater() {
        try (Lake lake = lake()) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).insert(1, "new"));
            var staged = lake.prepare(1);
            store.faults((method, key) -> method.equals("PUT") && key.contains("/snapshot/")
                    ? Optional.of(new S3Fault.Status(403, "AccessDenied"))
                    : Optional.empty());
            assertThatThrownBy(() -> lake.commit(1, staged))
                    .isInstanceOf(CommitOutcomeUnknownException.class)
                    .hasMessageContaining("checkpoint 1");
            store.heal();
            assertThat(lake.rows(ORDERS)).isEmpty();
            lake.commit(1, staged);
            assertThat(lake.rows(ORDERS)).containsExactly("1|new");
        }
    }

    private Lake lake() {
        return bucket.lake(folder);
    }
}
