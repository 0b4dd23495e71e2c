package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import dev.millrace.spi.Droppable;
import dev.millrace.spi.Source;
import dev.millrace.spi.VersionedBytes;
import dev.millrace.spi.state.Ownership;
import dev.millrace.spi.state.StateStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes a pipeline apart: first what it holds at the source, then its state, so that a failure can be tried again. */
final class Drop {
    private static final Pattern STATE_BLOB = Pattern.compile("pipeline|(damaged-)?checkpoint-\\d+");

    private final Shell shell;
    private final Pipeline pipeline;

    Drop(Shell shell, Pipeline pipeline) {
        this.shell = shell;
        this.pipeline = pipeline;
    }

    ExitCode run(boolean confirmed) throws IOException {
        if (!pipeline.state().mayExist()) {
            return drop(confirmed, false);
        }
        try (Ownership ownership = pipeline.state().acquire(Run.owner(shell.clock()))) {
            ownership.renew();
            return drop(confirmed, true);
        }
    }

    private ExitCode drop(boolean confirmed, boolean hasState) throws IOException {
        try (Source source = pipeline.source(pipeline.looking().source())) {
            Optional<VersionedBytes> known = hasState ? sourceState() : Optional.empty();
            List<String> things =
                    new ArrayList<>(source instanceof Droppable droppable ? droppable.toDrop(known) : List.of());
            if (hasState) {
                things.add("the state in " + pipeline.state().uri());
            }
            Console console = shell.console();
            if (things.isEmpty()) {
                console.result("There is nothing to drop.");
                return ExitCode.OK;
            }
            console.result("This removes:");
            things.forEach(thing -> console.result("  " + thing));
            console.result(
                    "The sink's tables and their rows stay as they are. Remove them before the pipeline starts anew into them.");
            if (!confirmed && !asked()) {
                console.result("Nothing was removed.");
                return ExitCode.NOT_CONFIRMED;
            }
            if (source instanceof Droppable droppable) {
                droppable.drop(known);
            }
            if (hasState) {
                removeState();
            }
            console.result("Dropped.");
            return ExitCode.OK;
        }
    }

    /** A damaged state is no reason to keep it. */
    private Optional<VersionedBytes> sourceState() {
        try {
            return pipeline.sourceState();
        } catch (MillraceException e) {
            shell.console()
                    .message("note: " + e.getMessage() + " What is removed at the source is what the file names.");
            return Optional.empty();
        }
    }

    private boolean asked() throws IOException {
        shell.console().result("Type 'yes' to remove it:");
        String answer = shell.answers().readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes");
    }

    /** Only what the engine writes: a person may have named a folder that holds more. */
    private void removeState() throws IOException {
        StateLocation state = pipeline.state();
        try (StateStorage storage = state.open()) {
            storage.list().stream()
                    .filter(name -> STATE_BLOB.matcher(name).matches())
                    .forEach(storage::delete);
        }
        removeScratch(state.scratchFolder());
        if (state.isLocal()) {
            Path folder = Path.of(state.uri());
            for (String hidden : List.of(".owner", ".status.json", ".status.json.unfinished")) {
                Files.deleteIfExists(folder.resolve(hidden));
            }
            removeIfEmpty(folder);
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }

    private static void removeScratch(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
