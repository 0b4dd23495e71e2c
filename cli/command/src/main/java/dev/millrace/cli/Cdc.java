package dev.millrace.cli;

import dev.millrace.config.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of all commands. */
@Command(
        name = "cdc",
        mixinStandardHelpOptions = true,
        versionProvider = Cdc.VersionLine.class,
        header = "Moves a database's changes to where they are needed, exactly once.",
        synopsisHeading = "%nUsage: ",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Try it: cdc run configs/quickstart.yaml",
            "Exit codes: 0 done, 1 defect, 2 usage or pipeline file, 3 source, 4 sink, 5 state, 6 data, 7 check found errors,"
                    + " 8 not confirmed, 9 standard output."
        })
final class Cdc implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine commandLine(Shell shell) {
        CommandLine root = new CommandLine(new Cdc());
        List.of(
                        new RunCommand(shell),
                        new CheckCommand(shell),
                        new StatusCommand(shell),
                        new ShowCommand(shell),
                        new ManifestCommand(shell),
                        new DropCommand(shell))
                .forEach(root::addSubcommand);
        root.setExecutionExceptionHandler((error, line, parsed) -> {
            if (error instanceof ClosedPipeException) {
                return ExitCode.OK.code();
            }
            boolean debug = ((PipelineCommand) line.getCommand()).output().debug();
            return new ErrorReport(shell.console(), debug).print(error).code();
        });
        root.setParameterExceptionHandler((error, arguments) -> usage(shell.console(), error));
        root.setUsageHelpWidth(Math.min(shell.console().terminal().width(), 120));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(
                shell.console().terminal().color() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return root;
    }

    /** Runs the command line and answers with the exit code. */
    static int execute(List<String> arguments, Shell shell) {
        CommandLine root = commandLine(shell);
        shell.console().into(root);
        int code = root.execute(arguments.toArray(String[]::new));
        boolean helpIsCut = code == ExitCode.OK.code() && root.getOut().checkError();
        return helpIsCut ? ExitCode.OUTPUT.code() : code;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    private static int usage(Console console, ParameterException error) {
        CommandLine line = error.getCommandLine();
        String message = error instanceof UnmatchedArgumentException unmatched
                ? unknown(line, nameOnly(unmatched.getUnmatched().getFirst()))
                : String.valueOf(error.getMessage());
        String name = line.getCommandSpec().qualifiedName();
        console.message(
                Console.Severity.ERROR,
                console.styled(Console.Style.RED, "error") + ": " + message + "\n  next:  '" + name
                        + " --help' lists what it takes.",
                Map.of("next", name + " --help"));
        return ExitCode.USAGE.code();
    }

    private static String unknown(CommandLine line, String name) {
        Set<String> known = line.getSubcommands().isEmpty()
                ? line.getCommandSpec().optionsMap().keySet()
                : line.getSubcommands().keySet();
        String near = Nearest.to(name, known)
                .map(each -> " Did you mean '" + each + "'?")
                .orElse("");
        return "'" + name + "' is not known." + near;
    }

    /** Not what is behind an equals sign: a value may be secret. */
    private static String nameOnly(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }

    static final class VersionLine implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.line()};
        }
    }
}
