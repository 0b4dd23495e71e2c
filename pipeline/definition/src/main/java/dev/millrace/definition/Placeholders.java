package dev.millrace.definition;

import dev.millrace.config.Nearest;
import dev.millrace.config.Place;
import dev.millrace.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:path}} in a value, after the YAML was parsed: what comes from outside is text and can
 * never become structure. {@code $${env:X}} stands for the text itself, and what is replaced is not looked at again.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\$\\{([A-Za-z][A-Za-z-]*):([^}]*)}");
    private static final int MAX_FILE_BYTES = 64 * 1024;

    private final Path folder;
    private final Map<String, String> environment;
    private final List<Problem> problems;

    /** @param folder what relative paths of files start from; where a value was given on the command line, the working folder does */
    Placeholders(Path folder, Map<String, String> environment, List<Problem> problems) {
        this.folder = folder;
        this.environment = environment;
        this.problems = problems;
    }

    record Replaced(String text, boolean changed) {}

    Replaced replace(String text, Place place) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder result = new StringBuilder();
        boolean changed = false;
        int end = 0;
        while (matcher.find()) {
            result.append(text, end, matcher.start());
            end = matcher.end();
            if (matcher.group().startsWith("$$")) {
                result.append(matcher.group(), 1, matcher.group().length());
            } else {
                changed = true;
                result.append(value(matcher.group(1), matcher.group(2), place).orElse(""));
            }
        }
        return new Replaced(result.append(text, end, text.length()).toString(), changed);
    }

    private Optional<String> value(String kind, String name, Place place) {
        return switch (kind) {
            case "env" -> variable(name, place);
            case "file" -> content(name, place);
            default -> {
                problems.add(new Problem(
                        place,
                        "'${" + kind + ":…}' is not known.",
                        Nearest.to(kind, List.of("env", "file"))
                                .map(near -> "Did you mean '${" + near + ":…}'?")
                                .orElse("Write ${env:NAME} or ${file:path}; '$${' stands for '${' itself.")));
                yield Optional.empty();
            }
        };
    }

    private Optional<String> variable(String name, Place place) {
        Optional<String> value = Optional.ofNullable(environment.get(name));
        if (value.isEmpty()) {
            String near = Nearest.to(name, environment.keySet())
                    .map(other -> " Did you mean '" + other + "'?")
                    .orElse("");
            problems.add(new Problem(
                    place,
                    "The environment variable '" + name + "' is not set.",
                    "Set it, or give a file that does by --env-file." + near));
        }
        return value;
    }

    private Optional<String> content(String name, Place place) {
        Path file = place.line() == 0 ? Path.of(name) : folder.resolve(name);
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                problems.add(new Problem(
                        place,
                        "The file '" + file + "' is larger than 64 KiB.",
                        "Name a file that holds the value alone."));
                return Optional.empty();
            }
            return Optional.of(withoutLastLineEnd(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IOException | UncheckedIOException e) {
            problems.add(new Problem(
                    place,
                    "The file '" + file + "' can't be read: " + reason(e) + ".",
                    "Name a file that this user may read."));
            return Optional.empty();
        }
    }

    private static String withoutLastLineEnd(String text) {
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is none";
            case AccessDeniedException denied -> "access is denied";
            default -> e.getClass().getSimpleName();
        };
    }
}
