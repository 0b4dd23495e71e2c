package dev.millrace.sink.jsonl;

import dev.millrace.schema.TableId;
import dev.millrace.spi.Committable;
import dev.millrace.spi.VersionedBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a checkpoint brings to one table.
 *
 * @param truncated whether all earlier rows are gone
 * @param files     names of files in the table's folder
 */
record StagedOutput(boolean truncated, List<String> files) {
    private static final int VERSION = 1;

    /** Says that the table was emptied; an empty name can't be a file's. */
    static Committable truncation(TableId table) {
        return file(table, "");
    }

    static Committable file(TableId table, String name) {
        return new Committable(table, new VersionedBytes(VERSION, name.getBytes(StandardCharsets.UTF_8)));
    }

    /** Gathers what all writers have staged for one table. */
    static StagedOutput of(List<Committable> committables) {
        List<String> names = committables.stream()
                .map(committable -> new String(committable.content().bytes(), StandardCharsets.UTF_8))
                .toList();
        return new StagedOutput(
                names.contains(""),
                names.stream().filter(name -> !name.isEmpty()).toList());
    }
}
