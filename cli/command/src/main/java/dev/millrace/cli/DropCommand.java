package dev.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "drop",
        header = "Removes what a pipeline made at the source, and its state.",
        description = {
            "Lists what it would remove (slot, publication, state), asks, and removes it.",
            "The sink's tables stay as they are. A pipeline that runs is not dropped."
        })
final class DropCommand extends PipelineCommand {
    @Option(names = "--yes", description = "Doesn't ask.")
    private boolean yes;

    DropCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute(Shell shell, Pipeline pipeline) throws Exception {
        try (SourceHost host = SourceHost.of(pipeline, shell.console())) {
            return new Drop(shell, pipeline.connectedTo(host.connection())).run(yes);
        }
    }
}
