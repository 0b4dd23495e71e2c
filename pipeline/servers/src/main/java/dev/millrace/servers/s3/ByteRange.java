package dev.millrace.servers.s3;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of an object, as the header {@code Range} asks for it; both ends are included. */
record ByteRange(int first, int last) {
    private static final Pattern HEADER = Pattern.compile("bytes=(\\d*)-(\\d*)");

    static ByteRange of(String header, int length) {
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches()) {
            throw new S3Error(416, "InvalidRange");
        }
        boolean fromTheEnd = parts.group(1).isEmpty();
        int first = fromTheEnd ? Math.max(0, length - Integer.parseInt(parts.group(2))) : number(parts.group(1));
        boolean toTheEnd = fromTheEnd || parts.group(2).isEmpty();
        int last = toTheEnd ? length - 1 : Math.min(length - 1, number(parts.group(2)));
        if (first > last) {
            throw new S3Error(416, "InvalidRange");
        }
        return new ByteRange(first, last);
    }

    byte[] of(byte[] data) {
        return Arrays.copyOfRange(data, first, last + 1);
    }

    String contentRange(int length) {
        return "bytes " + first + "-" + last + "/" + length;
    }

    /** Clients ask beyond an object's end where they do not know it. */
    private static int number(String digits) {
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(digits));
    }
}
