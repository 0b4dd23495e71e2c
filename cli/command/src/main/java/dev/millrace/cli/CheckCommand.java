package dev.millrace.cli;

import picocli.CommandLine.Command;

@Command(
        name = "check",
        header = "Looks whether a pipeline could run, and changes nothing.",
        description = {
            "Validates the file, connects to both ends, and prints what it finds, each with its fix.",
            "Answers 7 where it found an error."
        })
final class CheckCommand extends PipelineCommand {
    CheckCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute(Shell shell, Pipeline pipeline) throws Exception {
        try (SourceHost host = SourceHost.of(pipeline, shell.console())) {
            return new Check(shell.console(), pipeline.connectedTo(host.connection())).run();
        }
    }
}
