package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The two streams. Results go to standard output; messages and progress go to standard error, as lines, as JSON lines, or, where a
 * person watches, with a live area below them that is drawn over in place. Used by any thread.
 */
final class Console {
    private static final String UP = "\u001b[%dA";
    private static final String ERASE_LINE = "\u001b[K";
    private static final String ERASE_BELOW = "\u001b[J";

    enum Format {
        TEXT,
        JSON
    }

    enum Severity {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }

    private final OutputStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final InstantSource clock;
    private final Redactor redactor = new Redactor();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Format format = Format.TEXT;
    private List<String> live = List.of();
    private volatile boolean nobodyReads;

    /** @param out tells of each failure to write; a {@link PrintStream} would keep it to itself */
    Console(OutputStream out, PrintStream err, Terminal terminal, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Lets Picocli print help and version to the same streams. */
    void into(picocli.CommandLine commandLine) {
        commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    }

    Redactor redactor() {
        return redactor;
    }

    void use(Format wanted) {
        format = wanted;
    }

    Format format() {
        return format;
    }

    /** Whether {@link #live} may be used. */
    boolean canDraw() {
        return terminal.errorsSeen() && format == Format.TEXT;
    }

    /** A line of the answer, without secrets. What is being done is gone on with where nobody reads it. */
    void result(String line) {
        ours(redactor.clean(line));
    }

    /** The same for a line from which secrets were taken already, where it is not ours. */
    void ours(String line) {
        try {
            data(line);
        } catch (ClosedPipeException e) {
            nobodyReads = true;
        }
    }

    /** An answer for machines, without secrets in its values. */
    void result(Map<String, ?> fields) {
        ours(Json.write(fields, redactor::clean));
    }

    /**
     * A line of the answer that holds the user's own data, as it is.
     *
     * @throws ClosedPipeException where nobody reads it any more
     * @throws MillraceException   where it can't be written
     */
    void data(String line) {
        lock.lock();
        try {
            clearLive();
            if (!nobodyReads) {
                out.write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            throw unwritten(e);
        } finally {
            lock.unlock();
        }
    }

    private static RuntimeException unwritten(IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        return reason.toLowerCase(Locale.ROOT).contains("pipe")
                ? new ClosedPipeException(failure)
                : new MillraceException(
                        CliError.OUTPUT,
                        "Standard output can't be written: " + reason + ".",
                        "Look at where it goes; what was printed is not complete.",
                        failure);
    }

    /** A message: the text to people, the same with the fields to machines. */
    void message(Severity severity, String text, Map<String, Object> fields) {
        String line = format == Format.JSON ? json(severity, text, fields) : redactor.clean(text);
        lock.lock();
        try {
            StringBuilder frame = new StringBuilder(erased());
            frame.append(line).append('\n');
            live.forEach(each -> frame.append(each).append('\n'));
            write(frame);
        } finally {
            lock.unlock();
        }
    }

    void message(String text) {
        message(Severity.INFO, text, Map.of());
    }

    /** Draws the live area anew, in one write. */
    void live(List<String> lines) {
        lock.lock();
        try {
            StringBuilder frame = new StringBuilder(live.isEmpty() ? "" : UP.formatted(live.size()));
            live = lines.stream()
                    .map(line -> TextWidth.fit(redactor.clean(line), terminal.width() - 1))
                    .toList();
            live.forEach(line -> frame.append(line).append(ERASE_LINE).append('\n'));
            write(frame.append(ERASE_BELOW));
        } finally {
            lock.unlock();
        }
    }

    /** Takes the live area away. */
    void endLive() {
        lock.lock();
        try {
            clearLive();
        } finally {
            lock.unlock();
        }
    }

    /** In colour, where there is any. */
    String styled(Style style, String text) {
        return terminal.color() && format == Format.TEXT ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    enum Style {
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private void clearLive() {
        if (!live.isEmpty()) {
            write(new StringBuilder(erased()));
            live = List.of();
        }
    }

    private String erased() {
        return live.isEmpty() ? "" : UP.formatted(live.size()) + ERASE_BELOW;
    }

    private void write(StringBuilder text) {
        err.print(text);
        err.flush();
    }

    private String json(Severity severity, String text, Map<String, Object> fields) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("level", severity.name());
        line.put("message", text);
        line.putAll(fields);
        return Json.write(line, redactor::clean);
    }
}
