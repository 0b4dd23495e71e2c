package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.runtime.checkpoint.Checkpoint;
import dev.millrace.runtime.checkpoint.CheckpointStore;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.state.StateStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Looks whether a pipeline can remember: what its state holds, whether it can be written to, and whether the file still fits it. */
final class StateCheck {
    private static final long LITTLE_BYTES = 256L << 20;
    private final Pipeline pipeline;
    private final UnaryOperator<String> cleaning;

    /** @param cleaning takes secrets out of what is not ours */
    StateCheck(Pipeline pipeline, UnaryOperator<String> cleaning) {
        this.pipeline = pipeline;
        this.cleaning = cleaning;
    }

    List<Finding> findings() {
        StateLocation state = pipeline.state();
        String subject = cleaning.apply(state.uri().toString());
        List<Finding> findings = new ArrayList<>();
        if (state.mayExist()) {
            findings.addAll(content(subject));
        } else {
            findings.add(new Finding(Level.OK, subject, "none yet: the first run begins with a snapshot", ""));
        }
        findings.add(room(existing(state.scratchFolder())));
        return findings;
    }

    private List<Finding> content(String subject) {
        List<Finding> findings = new ArrayList<>();
        try (StateStorage storage = pipeline.state().open()) {
            long checkpoints = storage.list().stream()
                    .filter(name -> name.startsWith("checkpoint-"))
                    .count();
            findings.add(new Finding(Level.OK, subject, "holds " + Check.plural(checkpoints, "checkpoint"), ""));
            new CheckpointStore(storage).newest().map(this::routes).ifPresent(findings::addAll);
            writeAndRemove(storage);
        } catch (MillraceException e) {
            findings.add(new Finding(
                    Level.ERROR,
                    subject,
                    cleaning.apply(e.code().id() + " " + e.getMessage()),
                    cleaning.apply(e.nextStep())));
        }
        return findings;
    }

    /** The one sure way to know that a store can be written to. */
    private static void writeAndRemove(StateStorage storage) {
        String name = "check-" + UUID.randomUUID();
        try {
            storage.create(name, new byte[] {1});
        } finally {
            storage.delete(name);
        }
    }

    private List<Finding> routes(Checkpoint newest) {
        List<Finding> findings = new ArrayList<>();
        newest.target().tables().forEach((table, before) -> {
            TableId now = pipeline.definition().routes().apply(table);
            if (!now.equals(before)) {
                findings.add(new Finding(
                        Level.ERROR,
                        cleaning.apply("route of " + table),
                        RuntimeCode.STATE_OF_OTHER.id()
                                + cleaning.apply(" leads to " + now + ", and its rows are in " + before),
                        "Change the route back, or take the table out of the source's tables for one run."));
            }
        });
        return findings;
    }

    private static Finding room(Path folder) {
        String subject = "disk of " + folder;
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (!Files.isWritable(folder)) {
                return new Finding(
                        Level.ERROR,
                        subject,
                        "can't be written to",
                        "Give this user the right to, or name another place by 'pipeline.state' or STATE_DIRECTORY.");
            }
            return free < LITTLE_BYTES
                    ? new Finding(
                            Level.WARNING,
                            subject,
                            "has " + Quantity.bytes(free) + " left",
                            "Make room: large transactions are put aside there.")
                    : new Finding(Level.OK, subject, Quantity.bytes(free) + " free, can be written to", "");
        } catch (IOException e) {
            return new Finding(
                    Level.ERROR, subject, "can't be looked at: " + e.getMessage(), "Look at the disk it is on.");
        }
    }

    /** The folder itself or, where it is yet to be made, the one that it will be made in. */
    private static Path existing(Path wanted) {
        Path folder = wanted.toAbsolutePath().normalize();
        while (!Files.isDirectory(folder)) {
            folder = Optional.ofNullable(folder.getParent()).orElseThrow();
        }
        return folder;
    }
}
