package dev.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        header = "Says where a pipeline stands.",
        description =
                "Reads its state, says who runs it and, where that is on this machine, what it is doing now. Connects to"
                        + " nothing else, and holds nothing up.")
final class StatusCommand extends PipelineCommand {
    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    StatusCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute(Shell shell, Pipeline pipeline) {
        Status status = Status.of(pipeline);
        if (json) {
            shell.console().result(status.fields());
        } else {
            Console console = shell.console();
            status.lines(console.redactor()::clean).forEach(console::ours);
        }
        return ExitCode.OK;
    }
}
