package dev.millrace.sink.paimon;

import dev.millrace.spi.PipelineIdentity;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;

/**
 * The folder in the warehouse where a pipeline keeps what belongs to no table:
 * {@code <warehouse>/_millrace/<pipeline name>/<pipeline id>}, and beside it {@code latest}, which names the newest manifest.
 */
final class PipelineFolder {
    /** There while the pipeline runs, and afterwards where the run may have left files that no snapshot names. */
    static final String RUNNING = "running";

    private static final String LATEST = "latest";
    private final FileIO files;
    private final Path folder;

    PipelineFolder(Warehouse warehouse, PipelineIdentity pipeline) {
        this.files = warehouse.files();
        Path byName = new Path(new Path(warehouse.root(), "_millrace"), encoded(pipeline.name()));
        this.folder = new Path(byName, encoded(pipeline.id()));
    }

    Path path(String name) {
        return new Path(folder, name);
    }

    private PipelineFolder(FileIO files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** Those of pipelines of the same name with another state: earlier lives, or a namesake. */
    List<PipelineFolder> otherIds() {
        try {
            return Stream.of(files.listStatus(folder.getParent()))
                    .filter(status ->
                            status.isDir() && !status.getPath().getName().equals(folder.getName()))
                    .map(status -> new PipelineFolder(files, status.getPath()))
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw Failure.during("listing " + folder.getParent(), e);
        }
    }

    /** Points readers at the newest manifest. */
    void replaceLatest(String name) {
        replace(latest(), folder.getName() + "/" + name);
    }

    private Path latest() {
        return new Path(folder.getParent(), LATEST);
    }

    Optional<String> read(String name) {
        try {
            return Optional.of(files.readFileUtf8(path(name)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.during("reading " + path(name), e);
        }
    }

    /** Writes a file that is not there yet, or leaves the one that is. Nobody ever sees half of it. */
    void create(String name, String content) {
        try {
            if (!files.exists(path(name))
                    && !files.tryToWriteAtomic(path(name), content)
                    && !files.exists(path(name))) {
                throw new IOException("could not move the finished file to its name");
            }
        } catch (IOException e) {
            throw Failure.during("writing " + path(name), e);
        }
    }

    /** Puts a file in the place of the one that is there; a reader sees the old or the new one. */
    void replace(String name, String content) {
        replace(path(name), content);
    }

    private void replace(Path path, String content) {
        try {
            files.overwriteFileUtf8(path, content);
        } catch (IOException e) {
            throw Failure.during("writing " + path, e);
        }
    }

    void delete(String name) {
        try {
            files.delete(path(name), false);
        } catch (IOException e) {
            throw Failure.during("removing " + path(name), e);
        }
    }

    /** The files in a subfolder and when each was written, by name; none where the subfolder is not there. */
    SortedMap<String, Instant> list(String subfolder) {
        SortedMap<String, Instant> found = new TreeMap<>();
        try {
            if (files.exists(path(subfolder))) {
                for (FileStatus status : files.listStatus(path(subfolder))) {
                    if (!status.isDir() && !status.getPath().getName().startsWith(".")) {
                        found.put(status.getPath().getName(), Instant.ofEpochMilli(status.getModificationTime()));
                    }
                }
            }
        } catch (IOException e) {
            throw Failure.during("listing " + path(subfolder), e);
        }
        return found;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
