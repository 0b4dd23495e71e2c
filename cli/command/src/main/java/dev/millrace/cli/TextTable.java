package dev.millrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rows under a header, in columns that line up. A null is the bare word NULL; a text that reads NULL, an empty one, and one with
 * blanks around it stand in quotes, so that they can be told apart; what would break the line is escaped.
 */
final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final String NULL = "NULL";
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<Optional<String>>> rows = new ArrayList<>();
    private final int[] widths;
    private final boolean[] right;
    private int widestCell = Integer.MAX_VALUE;

    TextTable(List<String> header) {
        this.header = header.stream().map(TextTable::visible).toList();
        this.widths = new int[header.size()];
        this.right = new boolean[header.size()];
    }

    void add(List<Optional<String>> row) {
        rows.add(row);
    }

    void add(String... row) {
        rows.add(List.of(row).stream().map(Optional::of).toList());
    }

    /** @param cellLimit the widest that a cell may be; what is longer ends in an ellipsis */
    List<String> lines(int cellLimit) {
        widestCell = cellLimit;
        List<List<String>> cells = rows.stream().map(this::shown).toList();
        for (int i = 0; i < header.size(); i++) {
            widths[i] = TextWidth.of(header.get(i));
            right[i] = isNumeric(i);
            for (List<String> row : cells) {
                widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(aligned(header));
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("─".repeat(width));
        }
        lines.add(String.join(GAP, rules));
        cells.forEach(row -> lines.add(aligned(row)));
        return lines;
    }

    /** A further row, under those of {@link #lines}: a cell that is wider than its column moves the ones behind it. */
    String line(List<Optional<String>> row) {
        return aligned(shown(row));
    }

    private List<String> shown(List<Optional<String>> row) {
        return row.stream()
                .map(cell -> TextWidth.fit(cell.map(TextTable::shown).orElse(NULL), widestCell))
                .toList();
    }

    private boolean isNumeric(int column) {
        List<String> values = rows.stream()
                .map(row -> row.get(column))
                .flatMap(Optional::stream)
                .toList();
        return !values.isEmpty()
                && values.stream().allMatch(value -> NUMBER.matcher(value).matches());
    }

    private String aligned(List<String> cells) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            padded.add(
                    right[i]
                            ? TextWidth.padLeft(cells.get(i), widths[i])
                            : TextWidth.padRight(cells.get(i), widths[i]));
        }
        return String.join(GAP, padded).stripTrailing();
    }

    private static String shown(String text) {
        String visible = visible(text);
        boolean quoted = text.isEmpty() || text.equals(NULL) || !text.equals(text.strip()) || text.startsWith("'");
        return quoted ? "'" + visible + "'" : visible;
    }

    /** Without anything that would move the cursor. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    boolean invisible = Character.isISOControl(codePoint)
                            || (codePoint >= 0x202A && codePoint <= 0x202E)
                            || (codePoint >= 0x2066 && codePoint <= 0x2069);
                    if (invisible) {
                        shown.append("\\u%04x".formatted(codePoint));
                    } else {
                        shown.appendCodePoint(codePoint);
                    }
                }
            }
        });
        return shown.toString();
    }
}
