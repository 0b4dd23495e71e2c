package dev.millrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal without its size: shows what stays on the screen after the escapes that the console uses. */
final class Screen {
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[(\\d*)([AKJm])");

    private Screen() {}

    static String after(String output) {
        List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        int row = 0;
        int column = 0;
        Matcher escape = ESCAPE.matcher(output);
        for (int i = 0; i < output.length(); i++) {
            char c = output.charAt(i);
            if (c == '\u001b') {
                if (!escape.find(i) || escape.start() != i) {
                    throw new AssertionError("unknown escape at " + i);
                }
                switch (escape.group(2)) {
                    case "A" -> {
                        row -= Integer.parseInt(escape.group(1));
                        column = 0;
                    }
                    case "K" ->
                        lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                    case "J" -> {
                        lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                        lines.subList(row + 1, lines.size()).clear();
                    }
                    default -> {}
                }
                i = escape.end() - 1;
            } else if (c == '\n') {
                row++;
                column = 0;
                if (row == lines.size()) {
                    lines.add(new StringBuilder());
                }
            } else {
                StringBuilder line = lines.get(row);
                if (column < line.length()) {
                    line.setCharAt(column, c);
                } else {
                    line.append(c);
                }
                column++;
            }
        }
        return String.join("\n", lines).stripTrailing();
    }
}
