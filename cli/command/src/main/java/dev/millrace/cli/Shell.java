package dev.millrace.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/**
 * The world around the command: where it talks, what it is told, how it is stopped.
 *
 * @param environment the process's variables
 * @param answers     what a person types
 * @param signals     how the process is asked to end
 */
record Shell(
        Console console,
        Map<String, String> environment,
        BufferedReader answers,
        Signals signals,
        InstantSource clock) {

    /** The process's own. Text is UTF-8 whatever the locale says: a name that can't be read helps nobody. */
    static Shell system() {
        Map<String, String> environment = System.getenv();
        InstantSource clock = InstantSource.system();
        Console console = new Console(
                new FileOutputStream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Terminal.detect(environment),
                clock);
        BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return new Shell(console, environment, answers, new ProcessSignals(), clock);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
