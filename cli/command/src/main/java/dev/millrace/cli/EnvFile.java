package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code NAME=value} lines for {@code --env-file}. Blank lines and lines that begin with {@code #} are left out, a leading
 * {@code export} and quotes around the value are taken off; nothing in a value is replaced.
 */
final class EnvFile {
    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");

    private EnvFile() {}

    static Map<String, String> read(Path file) {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new MillraceException(
                        CliError.ENV_FILE,
                        file + ":" + (i + 1) + ": the line is no assignment.",
                        "Write NAME=value, or begin a comment with '#'.");
            }
            variables.put(parts.group(1), unquoted(parts.group(2).strip()));
        }
        return variables;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new MillraceException(
                    CliError.ENV_FILE,
                    "The file '" + file + "' of --env-file can't be read: "
                            + e.getClass().getSimpleName() + ".",
                    "Name a text file in UTF-8 that this user may read.",
                    e);
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && ((value.startsWith("\"") && value.endsWith("\"")) || (value.startsWith("'") && value.endsWith("'")));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
