package dev.millrace.sink.paimon;

import static dev.millrace.sink.paimon.Tables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.ErrorCode.Remedy;
import dev.millrace.error.MillraceException;
import dev.millrace.servers.faults.SmallDisk;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Committable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTroubleTest {

    @TempDir
    Path folder;

    @Test
    void waitsForRoomOnAFullDiskAndShowsNothingMeanwhile() {
        try (SmallDisk disk = SmallDisk.ofBytes(256 << 10);
                Lake lake = new Lake(disk.folder())) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).insert(1, "new"));
            lake.checkpoint(1);
            Rows many = Rows.of(ORDERS);
            for (int id = 2; id < 30_000; id++) {
                many.insert(id, Long.toString(id * 0x9E3779B97F4A7C15L, 36));
            }
            lake.write(many);
            assertThatThrownBy(() -> lake.prepare(2))
                    .asInstanceOf(InstanceOfAssertFactories.type(MillraceException.class))
                    .satisfies(failure -> {
                        assertThat(failure.code()).isEqualTo(PaimonError.DISK_FULL);
                        assertThat(failure.code().remedy()).isEqualTo(Remedy.RESTART);
                        assertThat(failure.nextStep()).contains("Free space");
                    });
            assertThat(lake.rows(ORDERS)).containsExactly("1|new");
            lake.close();

            disk.resize(64 << 20);
            lake.committer().discardStaged(1);
            lake.write(many);
            lake.checkpoint(2);
            assertThat(lake.rows(ORDERS)).hasSize(29_999);
        }
    }

    @Test
    void stopsWhereTheWarehouseIsReadOnlyAndGoesOnWhenItIsNot() {
        try (SmallDisk disk = SmallDisk.ofBytes(16 << 20);
                Lake lake = new Lake(disk.folder())) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).insert(1, "new"));
            List<Committable> staged = lake.prepare(1);
            disk.makeReadOnly();
            assertThatThrownBy(() -> lake.commit(1, staged))
                    .asInstanceOf(InstanceOfAssertFactories.type(MillraceException.class))
                    .satisfies(failure -> {
                        assertThat(failure.code()).isEqualTo(PaimonError.DENIED);
                        assertThat(failure.code().remedy()).isEqualTo(Remedy.STOP);
                    });
            lake.write(Rows.of(ORDERS).insert(2, "new"));
            assertThatThrownBy(() -> lake.prepare(2))
                    .extracting(failure -> ((MillraceException) failure).code())
                    .isEqualTo(PaimonError.DENIED);

            disk.makeWritable();
            lake.commit(1, staged);
            assertThat(lake.rows(ORDERS)).containsExactly("1|new");
        }
    }

    @Test
    void checksThatTheWarehouseCanBeWrittenTo() throws Exception {
        try (Lake lake = new Lake(folder)) {
            assertThat(lake.check()).extracting(Checkable.Finding::level).doesNotContain(Checkable.Level.ERROR);
            assertThat(lake.warehouse()).doesNotExist();
        }
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        try (Lake lake = new Lake(folder).with("warehouse", file.resolve("lake").toString())) {
            assertThat(lake.check()).extracting(Checkable.Finding::level).contains(Checkable.Level.ERROR);
        }
    }
}
