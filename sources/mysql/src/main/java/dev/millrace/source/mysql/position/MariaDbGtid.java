package dev.millrace.source.mysql.position;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MariaDB's global transaction id: within a domain the sequence grows, whichever server writes. */
public record MariaDbGtid(long domain, long server, long sequence) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,10})-([0-9]{1,10})-([0-9]{1,20})");

    /** @throws IllegalArgumentException where the text is not of the form {@code 0-1-42} */
    public static MariaDbGtid parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no transaction id of MariaDB: expected 0-1-42");
        }
        return new MariaDbGtid(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseUnsignedLong(matcher.group(3)));
    }

    @Override
    public String toString() {
        return domain + "-" + server + "-" + Long.toUnsignedString(sequence);
    }
}
