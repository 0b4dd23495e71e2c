package dev.millrace.source.mysql.catalog;

import java.util.ArrayList;
import java.util.List;

/** The labels of an {@code ENUM} or {@code SET}, out of the text of its type. */
final class Labels {
    private Labels() {}

    /** @param type {@code enum('a','it''s')}: quotes are doubled, and a backslash stands before what is not printed */
    static List<String> of(String type) {
        List<String> labels = new ArrayList<>();
        StringBuilder label = new StringBuilder();
        int at = type.indexOf('\'') + 1;
        while (at > 0 && at < type.length()) {
            char character = type.charAt(at);
            if (character == '\'' && !type.startsWith("''", at)) {
                labels.add(label.toString());
                label.setLength(0);
                at = type.indexOf('\'', at + 1) + 1;
            } else {
                label.append(character == '\\' ? escaped(type.charAt(at + 1)) : character);
                at += character == '\\' || character == '\'' ? 2 : 1;
            }
        }
        return labels;
    }

    private static char escaped(char letter) {
        return switch (letter) {
            case '0' -> '\0';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> letter;
        };
    }
}
