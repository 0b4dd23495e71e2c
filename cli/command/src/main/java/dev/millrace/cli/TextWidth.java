package dev.millrace.cli;

/** How many columns of a terminal a text takes: two for East Asian wide characters and emoji, none for marks that combine. */
final class TextWidth {
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x231A, 0x231B},
        {0x23E9, 0x23EC},
        {0x25FD, 0x25FE},
        {0x2614, 0x2615},
        {0x2648, 0x2653},
        {0x26AA, 0x26AB},
        {0x26BD, 0x26BE},
        {0x2705, 0x2705},
        {0x270A, 0x270B},
        {0x2728, 0x2728},
        {0x274C, 0x274C},
        {0x2753, 0x2755},
        {0x2795, 0x2797},
        {0x2B1B, 0x2B1C},
        {0x2B50, 0x2B50},
        {0x2E80, 0x303E},
        {0x3041, 0x33FF},
        {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xA000, 0xA4CF},
        {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F004, 0x1F004},
        {0x1F0CF, 0x1F0CF},
        {0x1F18E, 0x1F19A},
        {0x1F200, 0x1F320},
        {0x1F32D, 0x1F335},
        {0x1F337, 0x1F37C},
        {0x1F37E, 0x1F393},
        {0x1F3A0, 0x1F3CA},
        {0x1F3CF, 0x1F3F0},
        {0x1F3F4, 0x1F43E},
        {0x1F440, 0x1F440},
        {0x1F442, 0x1F4FC},
        {0x1F4FF, 0x1F53D},
        {0x1F54B, 0x1F567},
        {0x1F57A, 0x1F57A},
        {0x1F595, 0x1F596},
        {0x1F5A4, 0x1F5A4},
        {0x1F5FB, 0x1F64F},
        {0x1F680, 0x1F6FC},
        {0x1F7E0, 0x1F7EB},
        {0x1F90C, 0x1F9FF},
        {0x1FA70, 0x1FAFF},
        {0x20000, 0x3FFFD}
    };
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private TextWidth() {}

    static int of(String text) {
        int width = 0;
        boolean joined = false;
        for (int codePoint : text.codePoints().toArray()) {
            width += joined ? 0 : of(codePoint);
            joined = codePoint == ZERO_WIDTH_JOINER;
        }
        return width;
    }

    /** The text, or as much of its beginning as fits with an ellipsis behind it. */
    static String fit(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder fitted = new StringBuilder();
        int width = 0;
        for (int codePoint : text.codePoints().toArray()) {
            width += of(codePoint);
            if (width > columns - 1) {
                break;
            }
            fitted.appendCodePoint(codePoint);
        }
        return columns < 1 ? "" : fitted.append('…').toString();
    }

    static String padRight(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    static String padLeft(String text, int columns) {
        return " ".repeat(Math.max(0, columns - of(text))) + text;
    }

    private static int of(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int codePoint) {
        int low = 0;
        int high = WIDE.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (codePoint < WIDE[middle][0]) {
                high = middle - 1;
            } else if (codePoint > WIDE[middle][1]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
