package dev.millrace.sink.paimon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Committable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody has removed a table, or set it back, while another goes on. */
class LostTablesTest {
    private static final Schema LOST = schema("lost");
    private static final Schema SOUND = schema("sound");

    @TempDir
    Path folder;

    @BeforeEach
    void writeTwoCheckpoints() {
        try (Lake lake = new Lake(folder)) {
            lake.create(LOST, SOUND);
            for (int checkpoint = 1; checkpoint <= 2; checkpoint++) {
                lake.write(Rows.of(LOST).insert(checkpoint, "seen"));
                lake.write(Rows.of(SOUND).insert(checkpoint, "seen"));
                lake.checkpoint(checkpoint);
            }
        }
    }

    @Test
    void commitsNothingMoreWhereACapturedTableIsGone() {
        remove();
        for (int attempt = 0; attempt < 2; attempt++) {
            try (Lake lake = new Lake(folder)) {
                lake.create(LOST, SOUND);
                lake.write(Rows.of(SOUND).insert(3, "later"));
                List<Committable> staged = lake.prepare(3);
                assertThatThrownBy(() -> lake.commit(3, staged))
                        .isInstanceOf(MillraceException.class)
                        .hasMessageContaining("shop.lost was removed")
                        .hasMessageContaining("snapshot 2");
                lake.kill();
            }
        }
    }

    @Test
    void commitsNothingMoreWhereACapturedTableWasSetBack() {
        setBack();
        try (Lake lake = new Lake(folder)) {
            lake.create(LOST, SOUND);
            assertThatThrownBy(() -> lake.checkpoint(3))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("shop.lost was set back to snapshot 1");
        }
    }

    @Test
    void findsALossAgainAfterACommitThatWasOwed() {
        List<Committable> owed;
        try (Lake lake = new Lake(folder)) {
            lake.create(LOST, SOUND);
            lake.write(Rows.of(SOUND).insert(3, "owed"));
            owed = lake.prepare(3);
            lake.kill();
        }
        remove();
        try (Lake lake = new Lake(folder)) {
            lake.commit(3, owed);
            lake.kill();
        }
        try (Lake lake = new Lake(folder)) {
            lake.create(LOST, SOUND);
            assertThatThrownBy(() -> lake.checkpoint(4)).hasMessageContaining("shop.lost was removed");
        }
    }

    @Test
    void writesATableThatIsBegunAnew() {
        remove();
        try (Lake lake = new Lake(folder)) {
            lake.create(LOST, SOUND);
            lake.committer().apply(List.of(new SchemaChange.TruncateTable(LOST.table())));
            lake.write(Rows.of(LOST).insert(9, "anew"));
            lake.checkpoint(3);
            assertThat(lake.rows(LOST)).containsExactly("9|anew");
        }
    }

    @Test
    void doesNotMissATableThatIsNoLongerCaptured() {
        remove();
        try (Lake lake = new Lake(folder)) {
            lake.create(SOUND);
            lake.write(Rows.of(SOUND).insert(3, "later"));
            lake.checkpoint(3);
            assertThat(lake.rows(SOUND)).hasSize(3);
            assertThat(lake.manifests().getFirst().json()).doesNotContain("lost");
        }
    }

    @Test
    void commitsNothingThatASuccessorHasCommittedMeanwhile() {
        try (Lake suspended = new Lake(folder);
                Lake successor = new Lake(folder)) {
            suspended.create(LOST, SOUND);
            suspended.write(Rows.of(LOST).insert(3, "once"));
            List<Committable> staged = suspended.prepare(3);
            successor.commit(3, staged);

            suspended.commit(3, staged);

            assertThat(suspended.rows(LOST)).containsExactly("1|seen", "2|seen", "3|once");
        }
    }

    private void remove() {
        try (Lake lake = new Lake(folder)) {
            lake.inWarehouse(warehouse -> warehouse.catalog().dropTable(Warehouse.identifier(LOST.table()), false));
        }
    }

    private void setBack() {
        try (Lake lake = new Lake(folder)) {
            lake.inWarehouse(warehouse -> warehouse.table(LOST.table()).rollbackTo(1));
        }
    }

    private static Schema schema(String name) {
        return new Schema(
                TableId.of("shop", name),
                1,
                List.of(
                        new Column(0, "at", new DataType.Int64(), false),
                        new Column(1, "what", new DataType.Text(), true)),
                List.of());
    }
}
