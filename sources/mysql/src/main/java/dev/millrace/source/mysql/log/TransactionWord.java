package dev.millrace.source.mysql.log;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a statement does to the transaction that it stands in. */
enum TransactionWord {
    BEGIN,
    END,
    /** Goes by: savepoints, and the end of a distributed transaction's first half. */
    INSIDE,
    /** It is about something else. */
    NONE;

    private static final byte[] USUAL = "BEGIN".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 20;

    static TransactionWord of(byte[] text) {
        if (java.util.Arrays.equals(text, USUAL)) {
            return BEGIN;
        }
        String head = new String(text, 0, Math.min(text.length, LONGEST), StandardCharsets.US_ASCII)
                .strip()
                .toUpperCase(Locale.ROOT);
        if (head.equals("BEGIN") || head.startsWith("XA START") || head.startsWith("XA BEGIN")) {
            return BEGIN;
        }
        if (head.equals("COMMIT")) {
            return END;
        }
        return head.startsWith("SAVEPOINT") || head.startsWith("XA END") ? INSIDE : NONE;
    }
}
