package dev.millrace.sink.jsonl;

import dev.millrace.schema.TableId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where everything is, and what it is called. */
record Folders(Path root, String pipelineId) {
    static final String UNFINISHED = ".unfinished";

    /** The names of a table's parts, each with everything but letters, digits, dashes and underscores escaped, joined by dots. */
    Path table(TableId table) {
        return root.resolve(Stream.of(table.database(), table.schema(), table.name())
                .filter(part -> !part.isEmpty())
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8)
                        .replace(".", "%2E")
                        .replace("*", "%2A")
                        .replace("+", "%20"))
                .collect(Collectors.joining(".")));
    }

    /** A file that is being written: hidden, and known by its pipeline. */
    Path unfinished(TableId table, int writer) {
        return table(table).resolve("." + pipelineId + "-" + writer + UNFINISHED);
    }

    /** The same when it is staged: sorts by checkpoint, tells its pipeline. */
    Path staged(TableId table, long checkpointId, int writer) {
        return table(table).resolve(number(checkpointId) + "-" + writer + "-" + pipelineId + ".jsonl");
    }

    Path commits() {
        return root.resolve("commits").resolve(pipelineId);
    }

    Path commit(long checkpointId) {
        return commits().resolve(number(checkpointId) + ".commit.json");
    }

    /** A table that was emptied after a checkpoint; sorts behind that checkpoint's commit. */
    Path truncation(long afterCheckpoint, TableId table) {
        return commits()
                .resolve(number(afterCheckpoint) + ".truncated." + table(table).getFileName() + ".json");
    }

    /** The checkpoint that a file's name begins with. */
    static long checkpointOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, 19));
    }

    private static String number(long checkpointId) {
        return String.format(Locale.ROOT, "%019d", checkpointId);
    }
}
