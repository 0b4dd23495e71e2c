package dev.millrace.sink.paimon;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;

/** The folder in the warehouse where a pipeline keeps what belongs to no table: {@code <warehouse>/_millrace/<pipeline>}. */
final class PipelineFolder {
    private final FileIO files;
    private final Path folder;

    PipelineFolder(FileIO files, Path warehouse, String pipeline) {
        this.files = files;
        this.folder = new Path(new Path(warehouse, "_millrace"), URLEncoder.encode(pipeline, StandardCharsets.UTF_8));
    }

    Path path(String name) {
        return new Path(folder, name);
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
            if (!files.exists(path(name)) && !files.tryToWriteAtomic(path(name), content) && !files.exists(path(name))) {
                throw new IOException("could not move the finished file to its name");
            }
        } catch (IOException e) {
            throw Failure.during("writing " + path(name), e);
        }
    }

    /** Puts a file in the place of the one that is there; a reader sees the old or the new one. */
    void replace(String name, String content) {
        try {
            AtomicReplacement.write(files, path(name), content);
        } catch (IOException e) {
            throw Failure.during("writing " + path(name), e);
        }
    }

    void delete(String name) {
        try {
            files.delete(path(name), false);
        } catch (IOException e) {
            throw Failure.during("removing " + path(name), e);
        }
    }

    /** Names of the files in a subfolder, sorted; none where it is not there. */
    List<String> list(String subfolder) {
        try {
            return files.exists(path(subfolder))
                    ? Arrays.stream(files.listStatus(path(subfolder)))
                            .filter(status -> !status.isDir())
                            .map(FileStatus::getPath)
                            .map(Path::getName)
                            .filter(name -> !name.startsWith("."))
                            .sorted()
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw Failure.during("listing " + path(subfolder), e);
        }
    }
}
