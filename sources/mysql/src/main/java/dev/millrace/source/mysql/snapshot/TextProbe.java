package dev.millrace.source.mysql.snapshot;

import dev.millrace.source.mysql.catalog.ColumnType;
import dev.millrace.source.mysql.split.KeyOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Texts between two others, made of letters and digits where the server orders by rules of its own: about these, most rules
 * agree. Other characters count as lying before or behind all of these.
 */
final class TextProbe {
    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String PRINTABLE = printable();
    private static final char LAST_ASCII = '~';
    private static final int DEEPEST = 4;

    private final String alphabet;

    private TextProbe(String alphabet) {
        this.alphabet = alphabet;
    }

    /** In hexadecimal digits of the column's own character set, as are both; the lower one where none can be made up. */
    static String between(ColumnType type, String low, String high) {
        boolean isUtf8 = type.characterSet().startsWith("utf8");
        if (!isUtf8 && type.size().bytes() != type.size().characters()) {
            return low;
        }
        // Of sets of one byte a character, only what they share with ASCII is looked at; the rest goes through as it
        // is.
        Charset form = isUtf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        boolean byBytes = KeyOrder.of(type).filter(KeyOrder::isKnown).isPresent();
        String middle = new TextProbe(byBytes ? PRINTABLE : LETTERS).between(text(low, form), text(high, form));
        return HexFormat.of().withUpperCase().formatHex(middle.getBytes(form));
    }

    private String between(String low, String high) {
        int same = 0;
        while (same < Math.min(low.length(), high.length())
                && rank(low, same) == rank(high, same)
                && low.charAt(same) <= LAST_ASCII) {
            same++;
        }
        int from = rank(low, same);
        int to = rank(high, same);
        for (int at = same; at < same + DEEPEST; at++) {
            int middle = (from + to) / 2;
            boolean betweenCharacters = at == 0 || !Character.isHighSurrogate(low.charAt(at - 1));
            if (betweenCharacters && Math.abs(to - from) > 1 && middle > 0 && middle <= alphabet.length()) {
                return low.substring(0, at) + alphabet.charAt(middle - 1);
            }
            if (at >= low.length()) {
                return low;
            }
            from = rank(low, at + 1);
            to = alphabet.length() + 1;
        }
        return low;
    }

    /** From 1 on; what has ended, or comes before all letters, has 0. */
    private int rank(String text, int at) {
        if (at >= text.length()) {
            return 0;
        }
        char character = text.charAt(at);
        if (character > LAST_ASCII) {
            return alphabet.length() + 1;
        }
        int exact = alphabet.indexOf(character);
        return 1 + (exact >= 0 ? exact : alphabet.indexOf(Character.toLowerCase(character)));
    }

    private static String text(String hex, Charset form) {
        return new String(HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)), form);
    }

    private static String printable() {
        StringBuilder all = new StringBuilder();
        for (char character = ' '; character <= LAST_ASCII; character++) {
            all.append(character);
        }
        return all.toString();
    }
}
