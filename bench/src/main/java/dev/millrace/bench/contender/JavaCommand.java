package dev.millrace.bench.contender;

import java.util.ArrayList;
import java.util.List;

/** Command lines that start a class of this class path in a JVM like this one. */
final class JavaCommand {
    private JavaCommand() {}

    static List<String> of(List<String> jvmOptions, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        // The collector of the cdc command, so that none has an advantage by it.
        command.add("-XX:+UseSerialGC");
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
