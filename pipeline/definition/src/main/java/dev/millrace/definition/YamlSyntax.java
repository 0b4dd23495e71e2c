package dev.millrace.definition;

import dev.millrace.config.Place;
import dev.millrace.config.Problem;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** Says what the YAML parser stumbled over, without the snippet of the file that it would print: it might hold a secret. */
final class YamlSyntax {
    private YamlSyntax() {}

    static Problem problem(String file, String text, RuntimeException e) {
        return switch (e) {
            case ReaderException reader ->
                new Problem(
                        place(file, text, reader.getPosition()),
                        "The character U+%04X is not allowed in YAML.".formatted(reader.getCodePoint()),
                        "Remove it, or write it as an escape in double quotes.");
            case MarkedYamlEngineException marked -> {
                Place place = marked.getProblemMark()
                        .or(marked::getContextMark)
                        .map(mark -> YamlReader.place(file, mark))
                        .orElse(new Place(file, 1, 1));
                yield explained(place, Optional.ofNullable(marked.getProblem()).orElse("it can't be read"));
            }
            default ->
                new Problem(
                        new Place(file, 1, 1),
                        "This is not YAML that can be read.",
                        "Look for unbalanced quotes or brackets.");
        };
    }

    private static Problem explained(Place place, String complaint) {
        if (complaint.contains("TAB")) {
            return new Problem(place, "A tab stands where YAML wants blanks.", "Indent with blanks.");
        }
        return new Problem(
                place,
                "This is not YAML: " + complaint + ".",
                "Look at the indentation, at quotes, and for a missing blank after a colon, here and in the line above.");
    }

    private static Place place(String file, String text, int position) {
        int line = 1;
        int column = 1;
        int[] codePoints = text.codePoints().limit(position).toArray();
        for (int codePoint : codePoints) {
            column = codePoint == '\n' ? 1 : column + 1;
            line = codePoint == '\n' ? line + 1 : line;
        }
        return new Place(file, line, column);
    }
}
