package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.source.mysql.bytes.LittleEndian;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Texts inside JSON, and SQL's own values that MySQL keeps in it, as the server prints them. */
final class JsonText {
    private static final int DATE = 10;
    private static final int TIME = 11;
    private static final int DATETIME = 12;
    private static final int TIMESTAMP = 7;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LINE = 76;
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'});

    private JsonText() {}

    static void quoted(byte[] source, int offset, int length, BytesVector.Builder text) {
        text.append((byte) '"');
        int end = offset + length;
        int plain = offset;
        for (int at = offset; at < end; at++) {
            byte value = source[at];
            // Bytes of characters beyond ASCII are negative, and go as they are.
            if (value >= 0 && value < FIRST_PRINTABLE || value == '"' || value == '\\') {
                text.append(source, plain, at - plain);
                append(escaped(value), text);
                plain = at + 1;
            }
        }
        text.append(source, plain, end - plain);
        text.append((byte) '"');
    }

    private static String escaped(byte value) {
        return switch (value) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", value);
        };
    }

    static void opaque(int type, byte[] source, int offset, int length, BytesVector.Builder text) {
        switch (type) {
            case StorageType.DECIMAL -> {
                PackedDecimal form = new PackedDecimal(source[offset], source[offset + 1]);
                append(new BigDecimal(form.wideUnscaled(source, offset + 2), form.scale()).toPlainString(), text);
            }
            case DATE -> append('"' + date(LittleEndian.int8(source, offset)) + '"', text);
            case TIME -> append('"' + time(LittleEndian.int8(source, offset)) + '"', text);
            case DATETIME, TIMESTAMP -> {
                long packed = LittleEndian.int8(source, offset);
                append('"' + date(packed) + ' ' + time(packed & (1L << 41) - 1) + '"', text);
            }
            default -> {
                byte[] value = new byte[length];
                System.arraycopy(source, offset, value, 0, length);
                String lines = BASE64.encodeToString(value).replace("\n", "\\n");
                append("\"base64:type" + type + ":" + lines + '"', text);
            }
        }
    }

    /** Years and months in one number, days, then the time's 41 bits. */
    private static String date(long packed) {
        long yearMonth = packed >> 46;
        return String.format(Locale.ROOT, "%04d-%02d-%02d", yearMonth / 13, yearMonth % 13, packed >> 41 & 31);
    }

    /** Hours, minutes and seconds in six bits each but the hours, then 24 bits of microseconds. */
    private static String time(long packed) {
        long positive = Math.abs(packed);
        long clock = positive >> 24;
        return String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d.%06d",
                packed < 0 ? "-" : "",
                clock >> 12 & 1023,
                clock >> 6 & 63,
                clock & 63,
                positive & 0xffffff);
    }

    private static void append(String value, BytesVector.Builder text) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        text.append(bytes, 0, bytes.length);
    }
}
