package dev.millrace.source.postgres.types;

/** {@code inet} and {@code cidr} as the server prints them. Binary: family, bits of the mask, whether cidr, length, address. */
final class InetText {
    private static final int IPV4 = 2;
    private static final int ADDRESS = 4;
    private static final int WORDS = 8;

    private InetText() {}

    static void render(byte[] source, int offset, boolean alwaysMask, StringBuilder out) {
        int bits = source[offset + 1] & 0xff;
        boolean four = source[offset] == IPV4;
        if (four) {
            dotted(source, offset + ADDRESS, out);
        } else {
            colons(source, offset + ADDRESS, out);
        }
        if (alwaysMask || bits != (four ? 32 : 128)) {
            out.append('/').append(bits);
        }
    }

    private static void dotted(byte[] source, int at, StringBuilder out) {
        for (int i = 0; i < 4; i++) {
            out.append(i == 0 ? "" : ".").append(source[at + i] & 0xff);
        }
    }

    /** The longest run of two or more zero words is left out; addresses that hold an IPv4 address end with it. */
    private static void colons(byte[] source, int at, StringBuilder out) {
        int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = BigEndian.uint2(source, at + 2 * i);
        }
        int start = longestZeros(words);
        int end = start < 0 ? -1 : endOfZeros(words, start);
        for (int i = 0; i < WORDS; i++) {
            if (i >= start && i < end) {
                out.append(i == start ? ":" : "");
                continue;
            }
            out.append(i == 0 ? "" : ":");
            if (i == 6 && start == 0 && holdsIpv4(words, end)) {
                dotted(source, at + 12, out);
                return;
            }
            out.append(Integer.toHexString(words[i]));
        }
        out.append(end == WORDS ? ":" : "");
    }

    private static boolean holdsIpv4(int[] words, int zeros) {
        return zeros == 6 || zeros == 7 && words[7] != 1 || zeros == 5 && words[5] == 0xffff;
    }

    private static int longestZeros(int[] words) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < WORDS; i++) {
            int length = endOfZeros(words, i) - i;
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        return best;
    }

    private static int endOfZeros(int[] words, int start) {
        int end = start;
        while (end < WORDS && words[end] == 0) {
            end++;
        }
        return end;
    }
}
