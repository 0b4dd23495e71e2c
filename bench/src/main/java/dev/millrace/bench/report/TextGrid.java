package dev.millrace.bench.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cells in lines below a head. */
record TextGrid(List<String> head, List<List<String>> lines) {

    /** In columns, the first flush left, figures flush right; nothing where there are no lines. */
    String aligned() {
        if (lines.isEmpty()) {
            return "";
        }
        List<Integer> widths = IntStream.range(0, head.size())
                .mapToObj(column ->
                        all().mapToInt(line -> line.get(column).length()).max().orElse(0))
                .toList();
        return all().map(line -> IntStream.range(0, line.size())
                        .mapToObj(column -> pad(line.get(column), widths.get(column), column == 0))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    String markdown() {
        if (lines.isEmpty()) {
            return "";
        }
        String rule = "| --- " + "| ---: ".repeat(head.size() - 1) + "|";
        return Stream.concat(Stream.of(row(head), rule), lines.stream().map(TextGrid::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Stream<List<String>> all() {
        return Stream.concat(Stream.of(head), lines.stream());
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String pad(String cell, int width, boolean left) {
        String space = " ".repeat(width - cell.length());
        return left ? cell + space : space + cell;
    }
}
