package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;

/**
 * A set of the Far East: characters of one and of two bytes, in EUC of three behind the byte 8F, in GB 18030 of four whose
 * second is a digit. Which characters they are is the server's word; a table holds 0 where there is none.
 *
 * @param one  by the byte
 * @param two  by both bytes, the first one higher
 * @param more by the last two bytes of three, or by the number of a code of four; empty for sets that have neither
 */
public record MultiByteForm(String name, int[] one, int[] two, int[] more) implements TextForm {
    private static final int ASCII = 0x80;
    private static final int THREE = 0x8f;
    private static final int FIRST_SUPPLEMENTARY = 0x90;
    /** Codes of four bytes from 90 30 81 30 on are the characters from U+10000 on, in order. */
    private static final int SUPPLEMENTARY = Character.MIN_SUPPLEMENTARY_CODE_POINT;

    static final String GB18030 = "gb18030";

    @Override
    public void append(byte[] source, int offset, int length, BytesVector.Builder target) {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int bytes = bytes(source, at, end);
            int character = at + bytes > end ? 0 : character(source, at, bytes);
            if (character == 0 && source[at] != 0) {
                throw TextForm.undefined(name, source, offset, length);
            }
            appendUtf8(character, target);
            at += bytes;
        }
    }

    private int bytes(byte[] source, int at, int end) {
        int first = source[at] & 0xff;
        if (first < ASCII || one[first] != 0) {
            return 1;
        }
        if (name.equals(GB18030)) {
            return at + 1 < end && isDigit(source[at + 1]) ? 4 : 2;
        }
        return first == THREE && more.length > 0 ? 3 : 2;
    }

    private int character(byte[] source, int at, int bytes) {
        return switch (bytes) {
            case 1 -> one[source[at] & 0xff];
            case 2 -> two[(source[at] & 0xff) << 8 | source[at + 1] & 0xff];
            case 3 -> more[(source[at + 1] & 0xff) << 8 | source[at + 2] & 0xff];
            default -> ofFour(source, at);
        };
    }

    private int ofFour(byte[] source, int at) {
        int first = source[at] & 0xff;
        int third = (source[at + 2] & 0xff) - 0x81;
        if (third < 0 || third > 125 || !isDigit(source[at + 3])) {
            return 0;
        }
        int base = first >= FIRST_SUPPLEMENTARY ? FIRST_SUPPLEMENTARY : 0x81;
        int number = (((first - base) * 10 + source[at + 1] - '0') * 126 + third) * 10 + source[at + 3] - '0';
        if (first >= FIRST_SUPPLEMENTARY) {
            int character = SUPPLEMENTARY + number;
            return character <= Character.MAX_CODE_POINT ? character : 0;
        }
        return number < more.length ? more[number] : 0;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static void appendUtf8(int character, BytesVector.Builder target) {
        if (character < ASCII) {
            target.append((byte) character);
        } else if (character < 0x800) {
            target.append((byte) (0xc0 | character >> 6));
            target.append((byte) (0x80 | character & 0x3f));
        } else {
            if (character < SUPPLEMENTARY) {
                target.append((byte) (0xe0 | character >> 12));
            } else {
                target.append((byte) (0xf0 | character >> 18));
                target.append((byte) (0x80 | character >> 12 & 0x3f));
            }
            target.append((byte) (0x80 | character >> 6 & 0x3f));
            target.append((byte) (0x80 | character & 0x3f));
        }
    }
}
