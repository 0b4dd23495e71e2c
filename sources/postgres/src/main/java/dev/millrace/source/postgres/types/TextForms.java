package dev.millrace.source.postgres.types;

import static java.util.Map.entry;

import java.util.HexFormat;
import java.util.Map;

/** The texts that the server prints, by the name of its own type. Dates and times are in ISO style and UTC, whatever a session says. */
final class TextForms {
    static final Map<String, TextForm> BY_NAME = Map.ofEntries(
            entry("int2", (source, offset, length, out) -> out.append(BigEndian.int2(source, offset))),
            entry("int4", (source, offset, length, out) -> out.append(BigEndian.int4(source, offset))),
            entry("int8", (source, offset, length, out) -> out.append(BigEndian.int8(source, offset))),
            entry("numeric", NumericText::render),
            entry("float4", FloatText::single),
            entry("float8", FloatText::full),
            entry("text", TextForm.TEXT),
            entry("varchar", TextForm.TEXT),
            entry("bpchar", TextForm.TEXT),
            entry("name", TextForm.TEXT),
            entry("citext", TextForm.TEXT),
            entry("char", TextForms::oneByte),
            entry("uuid", TextForms::uuid),
            entry("date", TimeText::date),
            entry("time", TimeText::time),
            entry("timetz", TimeText::timeWithZone),
            entry("timestamp", TimeText::timestamp),
            entry("timestamptz", TimeText::timestampWithZone),
            entry("interval", IntervalText::render),
            entry("inet", (source, offset, length, out) -> InetText.render(source, offset, false, out)),
            entry("cidr", (source, offset, length, out) -> InetText.render(source, offset, true, out)),
            entry("macaddr", TextForms::hardwareAddress),
            entry("macaddr8", TextForms::hardwareAddress),
            entry("bit", TextForms::bits),
            entry("varbit", TextForms::bits),
            entry("tid", TextForms::rowPlace),
            entry("pg_lsn", TextForms::logPlace),
            entry("pg_snapshot", TextForms::snapshot),
            entry("txid_snapshot", TextForms::snapshot),
            entry("point", GeometryText::point),
            entry("line", GeometryText::line),
            entry("lseg", GeometryText::segment),
            entry("box", GeometryText::box),
            entry("path", GeometryText::path),
            entry("polygon", GeometryText::polygon),
            entry("circle", GeometryText::circle),
            entry("tsvector", TextSearchText::render));

    private TextForms() {}

    /** {@code "char"}: one byte, of which 0 means no character and those beyond ASCII are written in octal. */
    private static void oneByte(byte[] source, int offset, int length, StringBuilder out) {
        int value = source[offset] & 0xff;
        if (value >= 0x80) {
            out.append('\\').append(Integer.toOctalString(value));
        } else if (value != 0) {
            out.append((char) value);
        }
    }

    private static void uuid(byte[] source, int offset, int length, StringBuilder out) {
        for (int i = 0; i < 16; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                out.append('-');
            }
            HexFormat.of().toHexDigits(out, source[offset + i]);
        }
    }

    private static void hardwareAddress(byte[] source, int offset, int length, StringBuilder out) {
        HexFormat.ofDelimiter(":").formatHex(out, source, offset, offset + length);
    }

    private static void bits(byte[] source, int offset, int length, StringBuilder out) {
        int count = BigEndian.int4(source, offset);
        for (int i = 0; i < count; i++) {
            out.append((char) ('0' + (source[offset + 4 + i / 8] >> 7 - i % 8 & 1)));
        }
    }

    private static void rowPlace(byte[] source, int offset, int length, StringBuilder out) {
        out.append('(')
                .append(Integer.toUnsignedString(BigEndian.int4(source, offset)))
                .append(',')
                .append(BigEndian.uint2(source, offset + 4))
                .append(')');
    }

    private static void logPlace(byte[] source, int offset, int length, StringBuilder out) {
        out.append(Integer.toHexString(BigEndian.int4(source, offset)).toUpperCase(java.util.Locale.ROOT))
                .append('/')
                .append(Integer.toHexString(BigEndian.int4(source, offset + 4)).toUpperCase(java.util.Locale.ROOT));
    }

    private static void snapshot(byte[] source, int offset, int length, StringBuilder out) {
        int running = BigEndian.int4(source, offset);
        out.append(Long.toUnsignedString(BigEndian.int8(source, offset + 4)))
                .append(':')
                .append(Long.toUnsignedString(BigEndian.int8(source, offset + 12)))
                .append(':');
        for (int i = 0; i < running; i++) {
            out.append(i == 0 ? "" : ",").append(Long.toUnsignedString(BigEndian.int8(source, offset + 20 + 8 * i)));
        }
    }
}
