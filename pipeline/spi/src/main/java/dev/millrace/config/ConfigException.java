package dev.millrace.config;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.stream.Collectors;

/** The pipeline file can't be used; holds all of its problems, in file order. */
public final class ConfigException extends MillraceException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public ConfigException(List<Problem> problems) {
        super(
                Code.INVALID,
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
                "Correct the file; 'cdc check FILE' says when it is right.");
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private enum Code implements ErrorCode {
        INVALID;

        @Override
        public CatalogueEntry entry() {
            return new CatalogueEntry("CFG-001", Owner.CONFIG, Remedy.STOP);
        }
    }
}
