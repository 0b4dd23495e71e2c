package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.checkpoint.Checkpoint;
import dev.millrace.runtime.checkpoint.CheckpointStore;
import dev.millrace.runtime.checkpoint.PipelineRecord;
import dev.millrace.runtime.file.StatusFile;
import dev.millrace.spi.state.StateStorage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a pipeline stands.
 *
 * @param record     who it is; empty where it never ran
 * @param checkpoint the newest one
 * @param live       the run in progress
 */
record Status(
        Pipeline pipeline, Optional<PipelineRecord> record, Optional<Checkpoint> checkpoint, Optional<Live> live) {

    /**
     * A run in progress.
     *
     * @param owner   who it is: host, process, since when
     * @param figures the last that it told, where it runs on this machine
     */
    record Live(String owner, Optional<Figures> figures) {}

    static Status of(Pipeline pipeline) {
        if (!pipeline.state().mayExist()) {
            return new Status(pipeline, Optional.empty(), Optional.empty(), Optional.empty());
        }
        try (StateStorage storage = pipeline.state().open()) {
            return new Status(
                    pipeline, PipelineRecord.read(storage), new CheckpointStore(storage).newest(), live(pipeline));
        }
    }

    /** Its figures are on the machine that it runs on. */
    private static Optional<Live> live(Pipeline pipeline) {
        StateLocation state = pipeline.state();
        return state.owner()
                .map(owner -> new Live(
                        owner, state.statusFile().flatMap(StatusFile::read).map(Figures::average)));
    }

    static MillraceException neverRan(Pipeline pipeline, String what) {
        return new MillraceException(
                CliError.NEVER_RAN, what, "Start it: cdc run with the file of the pipeline '" + pipeline.name() + "'.");
    }

    /** @param cleaning takes secrets out of what is not ours */
    List<String> lines(UnaryOperator<String> cleaning) {
        List<String> lines = new ArrayList<>();
        lines.add("pipeline    " + cleaning.apply(pipeline.name() + ", " + pipeline.fingerprint()));
        lines.add("state       " + cleaning.apply(pipeline.state().uri().toString()));
        lines.add("running     "
                + live.map(run -> "yes: " + cleaning.apply(run.owner())).orElse("no"));
        live.flatMap(Live::figures)
                .ifPresent(figures -> lines.add("now         " + cleaning.apply(ProgressText.line(figures))));
        if (record.isEmpty()) {
            lines.add("checkpoint  none: it never ran, or was dropped");
        } else if (checkpoint.isEmpty()) {
            lines.add("checkpoint  none yet");
        }
        checkpoint.ifPresent(newest -> {
            lines.add("checkpoint  " + newest.id() + ", taken at " + Times.toMillis(newest.takenAt()));
            lines.add("position    " + cleaning.apply(newest.commit().sourcePosition()));
            lines.add("complete    "
                    + Times.instant(newest.commit().completeMicros())
                            .map(time -> "up to " + time)
                            .orElse("nothing can be said yet"));
            lines.add("tables      "
                    + (newest.commit().consistent()
                            ? "consistent: they show one state of the source"
                            : "initial load: not consistent with each other yet"));
        });
        return lines;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pipeline", pipeline.name());
        fields.put("id", record.map(known -> known.identity().id()));
        fields.put("source", pipeline.definition().source().type());
        fields.put("sink", pipeline.definition().sink().type());
        fields.put("state", pipeline.state().uri().toString());
        fields.put("running", live.isPresent());
        fields.put("owner", live.map(Live::owner));
        fields.put("checkpoint", checkpoint.map(Status::fields));
        fields.put("live", live.flatMap(Live::figures).map(Figures::fields));
        return fields;
    }

    private static Map<String, Object> fields(Checkpoint checkpoint) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", checkpoint.id());
        fields.put("takenAt", Times.toMillis(checkpoint.takenAt()));
        fields.put("sourcePosition", checkpoint.commit().sourcePosition());
        fields.put(
                "completeUpTo",
                Times.instant(checkpoint.commit().completeMicros()).map(Object::toString));
        fields.put("consistent", checkpoint.commit().consistent());
        return fields;
    }
}
