package dev.millrace.testkit.memory;

import dev.millrace.schema.TableId;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.nio.charset.StandardCharsets;

/** What a reader of the in-memory source reads. */
sealed interface MemorySplit {
    String id();

    String text();

    /** Rows {@code from} (inclusive) to {@code to} (exclusive) of the table's snapshot. */
    record Chunk(TableId table, int from, int to) implements MemorySplit {
        @Override
        public String id() {
            return text();
        }

        @Override
        public String text() {
            return "chunk " + table.name() + " " + from + " " + to;
        }
    }

    /** The log after a position. */
    record Log(long after) implements MemorySplit {
        @Override
        public String id() {
            return "log";
        }

        @Override
        public String text() {
            return "log " + after;
        }
    }

    default Split toSplit() {
        return new Split(id(), new VersionedBytes(1, text().getBytes(StandardCharsets.UTF_8)));
    }

    static MemorySplit of(Split split) {
        return parse(new String(split.state().bytes(), StandardCharsets.UTF_8));
    }

    static MemorySplit parse(String text) {
        String[] parts = text.split(" ");
        if (parts[0].equals("log")) {
            return new Log(Long.parseLong(parts[1]));
        }
        TableId table = new TableId("bank", "public", parts[1]);
        return new Chunk(table, Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    }
}
