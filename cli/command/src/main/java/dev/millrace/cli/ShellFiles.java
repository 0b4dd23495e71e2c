package dev.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes man pages and completion scripts into a folder, when the archive is packed. */
public final class ShellFiles {
    private ShellFiles() {}

    /** @param arguments the folder */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        CommandLine root = Cdc.commandLine(silent());
        write(folder.resolve("cdc.bash"), AutoComplete.bash("cdc", root));
        write(
                folder.resolve("_cdc"),
                "#compdef cdc\nautoload -U +X bashcompinit && bashcompinit\n" + AutoComplete.bash("cdc", root));
        write(folder.resolve("man1").resolve("cdc.1"), ManPage.of(root));
        for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
            write(folder.resolve("man1").resolve("cdc-" + command.getKey() + ".1"), ManPage.of(command.getValue()));
        }
    }

    private static Shell silent() {
        Console console = new Console(System.out, System.err, Terminal.none(), InstantSource.system());
        return new Shell(
                console,
                Map.of(),
                new java.io.BufferedReader(java.io.Reader.nullReader()),
                action -> {},
                InstantSource.system());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
