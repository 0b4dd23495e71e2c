package dev.millrace.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Runs commands in this process, with streams that are kept and a signal that a test can send. */
final class Cli {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Terminal terminal = Terminal.none();
    private Optional<OutputStream> output = Optional.empty();
    private String answers = "";
    private final AtomicReference<Runnable> signal = new AtomicReference<>(() -> {
        throw new IllegalStateException("nobody listens to signals yet");
    });

    Cli(Path folder) {
        this.folder = folder;
    }

    /** How it ended. Paths are shortened: the folder of the test is left out. */
    record Result(int code, String out, String err) {}

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Cli on(Terminal screen) {
        terminal = screen;
        return this;
    }

    /** Where standard output goes instead. */
    Cli into(OutputStream stream) {
        output = Optional.of(stream);
        return this;
    }

    Cli answering(String text) {
        answers = text;
        return this;
    }

    /** What the command gave to run at the first signal. */
    Runnable signal() {
        return Objects.requireNonNull(signal.get());
    }

    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pipeline file of the bank of this name. */
    Path bank(String name) {
        return file(name + ".yaml", """
                source:
                  type: bank
                  bank: %s
                sink:
                  type: bank
                  bank: %s
                pipeline:
                  parallelism: 2
                  checkpoint.interval: 20ms
                """.formatted(name, name));
    }

    Result run(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(output.orElse(out), stream(err), terminal, InstantSource.system());
        Shell shell = new Shell(
                console,
                environment,
                new BufferedReader(new StringReader(answers)),
                signal::set,
                InstantSource.system());
        int code = Cdc.execute(List.of(arguments).stream().map(Object::toString).toList(), shell);
        return new Result(code, text(out), text(err));
    }

    private String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
