package dev.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What all commands have in common: a pipeline file, and how to talk about it. */
abstract class PipelineCommand implements Callable<Integer> {
    @Mixin
    private PipelineArguments arguments = new PipelineArguments();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private HelpOption help = new HelpOption();

    private final Shell shell;

    PipelineCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public final Integer call() throws Exception {
        Console console = shell.console();
        console.use(output.format());
        Logging.sendTo(console, output.debug());
        try {
            return execute(shell, Pipeline.read(arguments, shell)).code();
        } finally {
            console.endLive();
        }
    }

    abstract ExitCode execute(Shell shell, Pipeline pipeline) throws Exception;

    PipelineArguments arguments() {
        return arguments;
    }

    /** Picocli acts on it before the command is called. */
    HelpOption help() {
        return help;
    }

    OutputOptions output() {
        return output;
    }
}
