package dev.millrace.cli;

import java.util.List;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            System.out.println(Version.line());
            System.exit(System.out.checkError() ? ExitCode.OUTPUT.code() : ExitCode.OK.code());
        }
        System.exit(Cdc.execute(List.of(arguments), Shell.system()));
    }
}
