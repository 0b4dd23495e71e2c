package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.Sink;
import dev.millrace.spi.Source;
import dev.millrace.spi.state.StateStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks both ends and the state what would keep the pipeline from running. */
final class Check {
    private final Console console;
    private final Pipeline pipeline;

    Check(Console console, Pipeline pipeline) {
        this.console = console;
        this.pipeline = pipeline;
    }

    ExitCode run() {
        Contexts contexts = pipeline.looking();
        List<Finding> all = new ArrayList<>();
        all.addAll(print("file", List.of(new Finding(Level.OK, pipeline.name(), pipeline.fingerprint(), ""))));
        try (Source source = pipeline.source(contexts.source())) {
            all.addAll(print("source", findings(source)));
        }
        try (Sink sink = pipeline.sink(contexts.sink())) {
            all.addAll(print("sink", findings(sink)));
        }
        all.addAll(print("state", state()));
        long errors = count(all, Level.ERROR);
        long warnings = count(all, Level.WARNING);
        console.result(
                errors == 0 && warnings == 0
                        ? "Everything is ready."
                        : plural(errors, "error") + ", " + plural(warnings, "warning") + ".");
        return errors == 0 ? ExitCode.OK : ExitCode.CHECK_FOUND_ERRORS;
    }

    private static List<Finding> findings(Object connector) {
        return connector instanceof Checkable checkable
                ? checkable.check()
                : List.of(new Finding(Level.OK, "nothing to look at", "this connector has no checks", ""));
    }

    private List<Finding> state() {
        String subject = pipeline.state().uri().toString();
        if (!pipeline.state().mayExist()) {
            return List.of(new Finding(Level.OK, subject, "none yet: the first run begins with a snapshot", ""));
        }
        try (StateStorage storage = pipeline.state().open()) {
            long checkpoints = storage.list().stream()
                    .filter(name -> name.startsWith("checkpoint-"))
                    .count();
            return List.of(new Finding(Level.OK, subject, "holds " + plural(checkpoints, "checkpoint"), ""));
        } catch (MillraceException e) {
            return List.of(new Finding(Level.ERROR, subject, e.code().id() + " " + e.getMessage(), e.nextStep()));
        }
    }

    private List<Finding> print(String part, List<Finding> findings) {
        for (Finding finding : findings) {
            if (console.format() == Console.Format.JSON) {
                console.result(Json.write(Map.of(
                        "part", part,
                        "level", finding.level().name(),
                        "subject", finding.subject(),
                        "message", finding.message(),
                        "fix", finding.fix())));
            } else {
                printText(part, finding);
            }
        }
        return findings;
    }

    private void printText(String part, Finding finding) {
        String mark = switch (finding.level()) {
            case OK -> console.styled(Console.Style.GREEN, "ok     ");
            case WARNING -> console.styled(Console.Style.YELLOW, "warning");
            case ERROR -> console.styled(Console.Style.RED, "ERROR  ");
        };
        console.result(mark + "  " + TextWidth.padRight(part, 6) + "  " + finding.subject() + ": " + finding.message());
        if (!finding.fix().isEmpty()) {
            finding.fix().lines().forEach(line -> console.result("                 " + line));
        }
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static String plural(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
