package dev.millrace.cli;

import dev.millrace.runtime.JobOutcome;
import dev.millrace.spi.SourceContext.ReadMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        header = "Runs a pipeline in the foreground.",
        description = {
            "Reads a snapshot of the tables, then follows their changes, until it is stopped. A later run goes on where this one"
                    + " ended.",
            "The first SIGINT (Ctrl-C), SIGTERM or SIGHUP finishes a checkpoint and ends with 0; a second one ends at once."
        })
final class RunCommand extends PipelineCommand {
    @Option(
            names = "--until-caught-up",
            description = "Ends with 0 once everything is committed that the source held at the start: for cron.")
    private boolean untilCaughtUp;

    RunCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute(Shell shell, Pipeline pipeline) throws Exception {
        Stop stop = new Stop(shell);
        try (SourceHost host = SourceHost.of(pipeline, shell.console())) {
            Pipeline connected = pipeline.connectedTo(host.connection());
            Progress progress = new Progress(shell.console());
            Run run = new Run(connected, stop, shell);
            if (host instanceof ShopHost shop && !untilCaughtUp) {
                return new QuickstartRun(shell, connected, shop, stop)
                        .run(run, progress, arguments().path());
            }
            JobOutcome outcome = run.run(untilCaughtUp ? ReadMode.UNTIL_CAUGHT_UP : ReadMode.CONTINUOUS, progress);
            RunSummary.print(shell.console(), outcome, progress);
            return ExitCode.OK;
        }
    }
}
