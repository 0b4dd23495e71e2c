package dev.millrace.source.mysql.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What a statement does to the transaction that it stands in. */
enum TransactionWord {
    BEGIN,
    COMMIT,
    ROLLBACK,
    ROLLBACK_TO,
    /** A distributed transaction begins. */
    XA_START,
    XA_COMMIT,
    XA_ROLLBACK,
    /** Goes by: savepoints, and the last word before a distributed transaction is prepared. */
    INSIDE,
    /** It is about something else. */
    NONE;

    private static final byte[] USUAL = "BEGIN".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 20;

    static TransactionWord of(byte[] text) {
        if (Arrays.equals(text, USUAL)) {
            return BEGIN;
        }
        String head = new String(text, 0, Math.min(text.length, LONGEST), StandardCharsets.US_ASCII)
                .strip()
                .toUpperCase(Locale.ROOT);
        return switch (head) {
            case "BEGIN" -> BEGIN;
            case "COMMIT" -> COMMIT;
            case "ROLLBACK" -> ROLLBACK;
            default -> ofFirstWords(head);
        };
    }

    private static TransactionWord ofFirstWords(String head) {
        if (head.startsWith("XA ")) {
            String[] words = head.split(" +", 3);
            return switch (words[1]) {
                case "START", "BEGIN" -> XA_START;
                case "COMMIT" -> XA_COMMIT;
                case "ROLLBACK" -> XA_ROLLBACK;
                default -> INSIDE;
            };
        }
        if (head.startsWith("ROLLBACK TO")) {
            return ROLLBACK_TO;
        }
        return head.startsWith("SAVEPOINT") ? INSIDE : NONE;
    }

    /** What a distributed transaction is called in a statement about it: {@code X'6162',X'',1}. */
    static String xid(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII).strip().split(" +", 3)[2];
    }
}
