package dev.millrace.cli;

import dev.millrace.definition.Routes;
import dev.millrace.error.MillraceException;
import dev.millrace.schema.Schema;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.Describable;
import dev.millrace.spi.Sink;
import dev.millrace.spi.Source;
import dev.millrace.spi.TableCheckable;
import dev.millrace.spi.VersionedBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        all.addAll(print(
                "file", List.of(new Finding(Level.OK, clean(pipeline.name()), clean(pipeline.fingerprint()), ""))));
        try (Source source = pipeline.source(contexts.source())) {
            List<Finding> found = findings(source, sourceState());
            all.addAll(print("source", cleaned(found)));
            try (Sink sink = pipeline.sink(contexts.sink())) {
                all.addAll(print("sink", cleaned(findings(sink, Optional.empty()))));
                if (count(all, Level.ERROR) == 0) {
                    all.addAll(print("tables", cleaned(tables(source, sink))));
                }
            }
        }
        all.addAll(print("state", new StateCheck(pipeline, this::clean).findings()));
        long errors = count(all, Level.ERROR);
        long warnings = count(all, Level.WARNING);
        console.ours(
                errors == 0 && warnings == 0
                        ? "Everything is ready."
                        : plural(errors, "error") + ", " + plural(warnings, "warning") + ".");
        return errors == 0 ? ExitCode.OK : ExitCode.CHECK_FOUND_ERRORS;
    }

    /** Whether each table of the source fits the one of the sink that its route names. */
    private List<Finding> tables(Source source, Sink sink) {
        if (!(source instanceof Describable describable)) {
            return List.of();
        }
        Routes routes = pipeline.definition().routes();
        try {
            List<Schema> schemas = describable.describe();
            routes.refuseMixedShapes(schemas);
            return sink instanceof TableCheckable checkable
                    ? checkable.checkTables(schemas.stream()
                            .map(schema -> schema.withTable(routes.apply(schema.table())))
                            .toList())
                    : List.of();
        } catch (MillraceException e) {
            return List.of(
                    new Finding(Level.ERROR, "tables and routes", e.code().id() + " " + e.getMessage(), e.nextStep()));
        }
    }

    private static List<Finding> findings(Object connector, Optional<VersionedBytes> state) {
        return connector instanceof Checkable checkable
                ? state.map(checkable::check).orElseGet(checkable::check)
                : List.of(new Finding(Level.OK, "nothing to look at", "this connector has no checks", ""));
    }

    /** Where the state can't be read, that is a finding of the state's. */
    private Optional<VersionedBytes> sourceState() {
        try {
            return pipeline.state().mayExist() ? pipeline.sourceState() : Optional.empty();
        } catch (MillraceException e) {
            return Optional.empty();
        }
    }

    /** What others say may quote a secret; our own words hold none, whatever they look like. */
    private List<Finding> cleaned(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new Finding(
                        finding.level(), clean(finding.subject()), clean(finding.message()), clean(finding.fix())))
                .toList();
    }

    private String clean(String text) {
        return console.redactor().clean(text);
    }

    private List<Finding> print(String part, List<Finding> findings) {
        for (Finding finding : findings) {
            if (console.format() == Console.Format.JSON) {
                console.ours(Json.write(Map.of(
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
        console.ours(mark + "  " + TextWidth.padRight(part, 6) + "  " + finding.subject() + ": " + finding.message());
        if (!finding.fix().isEmpty()) {
            finding.fix().lines().forEach(line -> console.ours("                 " + line));
        }
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    static String plural(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
