package dev.millrace.runtime.task;

import dev.millrace.runtime.JobEnvironment;
import dev.millrace.runtime.JobSpec;
import dev.millrace.runtime.JobStatus;
import dev.millrace.runtime.MemorySettings;
import dev.millrace.runtime.checkpoint.PipelineRecord;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One life of a job: from recovery until it ends, fails or is abandoned. Made by one thread; then each task may be handed to
 * a thread of its own, which steps it until {@link RunControl#ended} and closes it; {@link #close} comes last.
 */
public final class JobRun implements AutoCloseable {
    private final JobParts parts;
    private final List<Task> tasks;

    private JobRun(JobParts parts, List<Task> tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    /**
     * Makes the tasks; reads, or at the first start writes, the pipeline's identity.
     *
     * @param board    where rows are counted
     * @param listener told now and then what the run does, on the coordinator's thread
     */
    public static JobRun start(
            JobSpec spec, JobEnvironment environment, StatusBoard board, Consumer<JobStatus> listener) {
        PipelineIdentity identity = PipelineRecord.readOrCreate(
                        spec.state().storage(), spec.name(), spec.fingerprint(), environment.random())
                .identity();
        SpillFolder spill = SpillFolder.empty(spec.spillFolder());
        int parallelism = spec.settings().parallelism();
        MemorySettings memory = spec.settings().memory();
        Source source = spec.ends()
                .source()
                .apply(new SourceContext(
                        identity, spec.mode(), parallelism, memory.batchBytes(), spill.source(), environment.clock()));
        Sink sink = spec.ends()
                .sink()
                .apply(new SinkContext(
                        identity, parallelism, memory.sinkBufferBytes(), spill.sink(), environment.clock()));
        JobParts parts = JobParts.of(spec, source, sink, new RunControl(), board, environment.clock());
        List<Task> tasks = new ArrayList<>();
        tasks.add(new Coordinator(parts, identity.id(), new StatusReporter(parts, listener)));
        tasks.add(new CommitterTask(parts));
        for (int i = 0; i < parallelism; i++) {
            tasks.add(new ReaderTask(i, source, parts));
            tasks.add(new WriterTask(i, parts));
        }
        return new JobRun(parts, List.copyOf(tasks));
    }

    public List<Task> tasks() {
        return tasks;
    }

    public RunControl control() {
        return parts.control();
    }

    /** Closes both ends, after the tasks. */
    @Override
    public void close() {
        try {
            parts.source().close();
        } finally {
            parts.sink().close();
        }
    }
}
