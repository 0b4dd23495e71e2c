package dev.millrace.source.mysql.log;

import dev.millrace.spi.ChangeOutput;
import java.util.LinkedHashSet;
import java.util.Set;

/** The tables whose batches hold rows. One without rows in two batches on end gives its memory back. */
final class OpenBatches {
    private Set<TableChanges> open = new LinkedHashSet<>();
    private Set<TableChanges> openBefore = new LinkedHashSet<>();
    private long bytes;

    /** @param more bytes that the table's batch has taken */
    void grown(TableChanges table, long more) {
        open.add(table);
        bytes += more;
    }

    /** Of all of them, about. */
    long byteSize() {
        return bytes;
    }

    void flush(ChangeOutput output) {
        if (open.isEmpty()) {
            return;
        }
        for (TableChanges table : open) {
            output.emit(table.build());
        }
        openBefore.removeAll(open);
        openBefore.forEach(TableChanges::release);
        openBefore.clear();
        Set<TableChanges> empty = openBefore;
        openBefore = open;
        open = empty;
        bytes = 0;
    }
}
