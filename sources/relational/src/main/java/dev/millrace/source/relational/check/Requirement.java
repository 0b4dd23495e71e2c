package dev.millrace.source.relational.check;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that is not as the pipeline needs it.
 *
 * @param subject what was looked at
 * @param message what is wrong with it
 * @param fix     the statement or setting that mends it
 */
public record Requirement(ErrorCode code, String subject, String message, String fix) {

    /** @throws MillraceException with all of them, and the code of the first, unless there are none */
    public static void requireNone(List<Requirement> unmet) {
        if (!unmet.isEmpty()) {
            throw new MillraceException(
                    unmet.getFirst().code(),
                    unmet.stream()
                            .map(each -> each.subject() + ": " + each.message())
                            .collect(Collectors.joining("\n")),
                    unmet.stream().map(Requirement::fix).distinct().collect(Collectors.joining("\n")));
        }
    }
}
