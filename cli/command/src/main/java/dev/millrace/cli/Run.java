package dev.millrace.cli;

import dev.millrace.definition.PipelineSettings;
import dev.millrace.definition.Routes;
import dev.millrace.runtime.CheckpointSettings;
import dev.millrace.runtime.JobEnvironment;
import dev.millrace.runtime.JobOutcome;
import dev.millrace.runtime.JobSettings;
import dev.millrace.runtime.JobSpec;
import dev.millrace.runtime.JobStatus;
import dev.millrace.runtime.worker.EmbeddedJob;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.state.Ownership;
import dev.millrace.spi.state.StateStorage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Runs a pipeline in this process until it ends or is stopped. */
final class Run {
    private final Pipeline pipeline;
    private final Stop stop;
    private final Shell shell;

    Run(Pipeline pipeline, Stop stop, Shell shell) {
        this.pipeline = pipeline;
        this.stop = stop;
        this.shell = shell;
    }

    /** @param progress told what happens, by the job's threads */
    JobOutcome run(ReadMode mode, Progress progress) throws InterruptedException {
        return run(mode, progress, job -> {});
    }

    /** @param beginning given the job right before it begins */
    JobOutcome run(ReadMode mode, Progress progress, Consumer<EmbeddedJob> beginning) throws InterruptedException {
        StateLocation state = pipeline.state();
        Routes routes = pipeline.definition().routes();
        try (Ownership ownership = state.acquire(owner(shell.clock()));
                StateStorage storage = state.open()) {
            EmbeddedJob job = new EmbeddedJob(
                    new JobSpec(
                            pipeline.name(),
                            pipeline.fingerprint(),
                            mode,
                            new JobSpec.Ends(
                                    context -> new ShapeGuard(pipeline.source(context), routes),
                                    pipeline::sink,
                                    routes),
                            new JobSpec.State(storage, ownership),
                            state.scratchFolder(),
                            settings(pipeline.definition().pipeline())),
                    JobEnvironment.system(),
                    state.statusFile()
                            .<Consumer<JobStatus>>map(file -> file.andThen(progress::update))
                            .orElse(progress::update));
            stop.whenAsked(job::stop);
            beginning.accept(job);
            return job.run();
        }
    }

    /** Who holds a pipeline's state, for the message that another process gets. */
    static String owner(InstantSource clock) {
        return "process " + ProcessHandle.current().pid() + " on " + host() + " since "
                + Times.toMillis(clock.instant());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }

    private static JobSettings settings(PipelineSettings settings) {
        JobSettings usual = JobSettings.DEFAULT;
        return new JobSettings(
                settings.parallelism(),
                new CheckpointSettings(
                        settings.checkpointInterval(),
                        settings.checkpointBytes(),
                        usual.checkpoints().retained()),
                usual.memory(),
                usual.restarts(),
                usual.stopTimeout());
    }
}
