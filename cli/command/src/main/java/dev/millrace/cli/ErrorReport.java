package dev.millrace.cli;

import dev.millrace.config.ConfigException;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says to a person what went wrong: code, what, where, why, and what to do next. A stack trace only on request, or into a file. */
final class ErrorReport {
    private final Console console;
    private final boolean debug;

    ErrorReport(Console console, boolean debug) {
        this.console = console;
        this.debug = debug;
    }

    ExitCode print(Throwable error) {
        MillraceException known = error instanceof MillraceException expected ? expected : unforeseen(error);
        if (console.format() == Console.Format.JSON) {
            console.message(Console.Severity.ERROR, String.valueOf(known.getMessage()), fields(known));
        } else {
            text(known).forEach(console::message);
        }
        if (debug) {
            console.message(Console.Severity.DEBUG, stackTrace(error), Map.of());
        } else if (known.code().owner() == ErrorCode.Owner.INTERNAL) {
            keepStackTrace(error);
        }
        return ExitCode.of(known.code());
    }

    private List<String> text(MillraceException error) {
        List<String> lines = new ArrayList<>();
        String code = console.styled(Console.Style.RED, "error " + error.code().id());
        if (error instanceof ConfigException config) {
            lines.add(code + ": the pipeline file has "
                    + (config.problems().size() == 1
                            ? "a problem"
                            : config.problems().size() + " problems"));
            config.problems().forEach(problem -> {
                lines.add("  "
                        + console.styled(Console.Style.BOLD, problem.place().toString()) + ": " + problem.message());
                lines.add("      " + problem.fix());
            });
        } else {
            lines.add(code + ": " + error.getMessage());
            causes(error).forEach(cause -> lines.add("  cause: " + cause));
        }
        lines.add("  next:  " + error.nextStep());
        return lines;
    }

    private static Map<String, Object> fields(MillraceException error) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", error.code().id());
        fields.put("owner", error.code().owner().name());
        fields.put("next", error.nextStep());
        fields.put("causes", causes(error));
        if (error instanceof ConfigException config) {
            fields.put(
                    "problems",
                    config.problems().stream()
                            .map(problem -> Map.of(
                                    "place",
                                    problem.place().toString(),
                                    "message",
                                    problem.message(),
                                    "fix",
                                    problem.fix()))
                            .toList());
        }
        return fields;
    }

    /** What the causes say that the message does not say already. */
    private static List<String> causes(MillraceException error) {
        List<String> causes = new ArrayList<>();
        Set<Throwable> seen = new LinkedHashSet<>();
        String said = String.valueOf(error.getMessage());
        for (Throwable cause = error.getCause(); cause != null && seen.add(cause); cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            String line = message.lines().findFirst().orElse("").strip();
            if (!said.contains(line)) {
                causes.add(line + " (" + cause.getClass().getSimpleName() + ")");
                said += line;
            }
        }
        return causes;
    }

    private static MillraceException unforeseen(Throwable error) {
        return new MillraceException(
                CliError.UNFORESEEN,
                "Something went wrong that nobody foresaw: " + error + ".",
                "Start again: what is committed stays. Please report it with the stack trace.",
                error);
    }

    private void keepStackTrace(Throwable error) {
        try {
            Path file = Files.createTempFile("millrace-error-", ".txt");
            Files.writeString(file, console.redactor().clean(stackTrace(error)));
            console.message(Console.Severity.INFO, "  trace: " + file, Map.of("trace", file.toString()));
        } catch (IOException e) {
            console.message("  trace: can't be written (" + e.getClass().getSimpleName() + "); --debug prints it");
        }
    }

    private static String stackTrace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
