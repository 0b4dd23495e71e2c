package dev.millrace.source.mysql.types;

import dev.millrace.source.mysql.bytes.BigEndian;

/** Addresses as MariaDB prints them. */
final class InetText {
    private static final int GROUPS = 8;
    private static final int LAST_GROUPS = 6;
    private static final int MAPPED = 0xffff;

    private InetText() {}

    static String of4(byte[] value, int offset) {
        return (value[offset] & 0xff) + "." + (value[offset + 1] & 0xff) + "." + (value[offset + 2] & 0xff) + "."
                + (value[offset + 3] & 0xff);
    }

    /** The longest run of zeros, the first of several, is left out, also one of a single group; the last groups are in the older form where all before are zeros. */
    static String of6(byte[] value) {
        int start = GROUPS;
        int length = 0;
        for (int group = 0; group < GROUPS; group++) {
            int run = zeros(value, group);
            if (run > length) {
                start = group;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < GROUPS; ) {
            if (group == start) {
                text.append("::");
                group += length;
            } else if (group == LAST_GROUPS && endsInOlderForm(value, start, length)) {
                return text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(of4(value, 2 * group))
                        .toString();
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(group(value, group)));
                group++;
            }
        }
        return text.toString();
    }

    private static boolean endsInOlderForm(byte[] value, int start, int length) {
        return start == 0
                && (length == LAST_GROUPS || length == LAST_GROUPS - 1 && group(value, LAST_GROUPS - 1) == MAPPED);
    }

    private static int zeros(byte[] value, int from) {
        int group = from;
        while (group < GROUPS && group(value, group) == 0) {
            group++;
        }
        return group - from;
    }

    private static int group(byte[] value, int group) {
        return (int) BigEndian.unsigned(value, 2 * group, 2);
    }
}
