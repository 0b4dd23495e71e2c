package dev.millrace.source.mysql.log;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Values of one type.
 *
 * @param oracle   an expression over the column {@code c} by which the server prints what is to be found in the cell
 * @param literals values as SQL
 */
record TypeCase(String type, String oracle, List<String> literals) {
    private static final String TEXT = "convert(c using utf8mb4)";
    private static final String PRINTED = "cast(c as char)";

    @Override
    public String toString() {
        return type;
    }

    static List<TypeCase> all() {
        List<TypeCase> all = new ArrayList<>();
        all.addAll(numbers());
        all.addAll(times());
        all.addAll(texts());
        all.addAll(bytes());
        return all;
    }

    private static List<TypeCase> numbers() {
        return List.of(
                printed("tinyint", "-128", "-1", "0", "127"),
                printed("tinyint(1)", "-128", "0", "1", "2"),
                printed("tinyint unsigned", "0", "128", "255"),
                printed("smallint", "-32768", "-1", "32767"),
                printed("smallint unsigned", "0", "32768", "65535"),
                printed("mediumint", "-8388608", "-1", "8388607"),
                printed("mediumint unsigned", "0", "8388608", "16777215"),
                printed("int", "-2147483648", "-1", "2147483647"),
                printed("int unsigned", "0", "2147483648", "4294967295"),
                new TypeCase("int(8) zerofill", "c + 0", List.of("0", "42", "4294967295")),
                printed("bigint", "-9223372036854775808", "-1", "9223372036854775807"),
                printed("bigint unsigned", "0", "9223372036854775808", "18446744073709551615"),
                new TypeCase("float", "c + 0e0", List.of("0", "-0.1", "3.4e38", "1.17e-38", "16777216")),
                new TypeCase("double", PRINTED, List.of("0", "-0.1", "1.7976931348623157e308", "5e-324", "1e22")),
                printed("decimal(1,0)", "-9", "0", "9"),
                printed("decimal(9,9)", "0.123456789", "-0.000000001", "0"),
                printed("decimal(10,2)", "-99999999.99", "0.01", "12345678.90"),
                printed("decimal(18,0)", "999999999999999999", "-999999999999999999", "1000000000"),
                printed("decimal(18,9)", "999999999.999999999", "-1.5", "-0.000000001"),
                printed("decimal(19,0)", "9999999999999999999", "-9999999999999999999", "0"),
                printed("decimal(38,20)", "-123456789012345678.12345678901234567890", "0.00000000000000000001"),
                printed(
                        "decimal(65,30)",
                        "99999999999999999999999999999999999.999999999999999999999999999999",
                        "-0.000000000000000000000000000001",
                        "-1",
                        "0"),
                printed("decimal(65,0)", "9".repeat(65), "-" + "9".repeat(65)),
                printed("decimal(5,2) unsigned", "0", "999.99"),
                new TypeCase("bit(1)", "c + 0", List.of("b'0'", "b'1'")),
                new TypeCase("bit(9)", "lpad(hex(c), 4, '0')", List.of("b'0'", "b'1'", "b'111111111'")),
                new TypeCase(
                        "bit(64)",
                        "lpad(hex(c), 16, '0')",
                        List.of("b'0'", "0xFFFFFFFFFFFFFFFF", "0x0102030405060708")),
                new TypeCase("year", "c + 0", List.of("0", "1901", "2024", "2155")));
    }

    private static List<TypeCase> times() {
        List<TypeCase> cases = new ArrayList<>();
        cases.add(printed(
                "date",
                "'1000-01-01'",
                "'1969-12-31'",
                "'1970-01-01'",
                "'2024-02-29'",
                "'9999-12-31'",
                "'0001-01-01'"));
        for (int digits = 0; digits <= 6; digits++) {
            cases.add(printed(
                    "time(" + digits + ")",
                    "'00:00:00'",
                    "'23:59:59." + "9".repeat(digits) + "'",
                    "'01:02:03.123456'",
                    "'24:00:00'"));
            cases.add(printed(
                    "datetime(" + digits + ")",
                    "'1000-01-01 00:00:00'",
                    "'1969-12-31 23:59:59.654321'",
                    "'9999-12-31 23:59:59'",
                    "'2024-02-29 12:34:56.123456'"));
            cases.add(printed(
                    "timestamp(" + digits + ") null",
                    "'1970-01-01 00:00:01'",
                    "'2024-03-31 01:30:00.123456'",
                    "'2038-01-19 03:14:07'"));
        }
        return cases;
    }

    private static List<TypeCase> texts() {
        List<TypeCase> cases = new ArrayList<>();
        for (String set :
                List.of("utf8mb4", "utf8mb3", "latin1", "latin2", "cp1251", "koi8r", "greek", "hebrew", "cp850")) {
            cases.add(text("varchar(20) character set " + set, "'plain'", "''", "' x '", sample(set)));
        }
        for (String set : List.of(
                "latin5",
                "latin7",
                "cp866",
                "cp852",
                "cp1250",
                "cp1256",
                "cp1257",
                "macroman",
                "macce",
                "tis620",
                "armscii8",
                "geostd8",
                "dec8",
                "hp8",
                "keybcs2",
                "koi8u")) {
            cases.add(text("varchar(20) character set " + set, "'plain'", "convert(0xC3C6 using " + set + ")"));
        }
        cases.add(text("varchar(20) character set swe7", "'Räksmörgås'"));
        cases.add(text("varchar(20) character set ascii", "'plain'", "''"));
        for (String set : List.of(
                "ucs2", "utf16", "utf16le", "utf32", "gbk", "gb2312", "big5", "sjis", "cp932", "ujis", "eucjpms",
                "euckr")) {
            cases.add(text("varchar(20) character set " + set, "'plain'", "''", sample(set)));
        }
        cases.add(text("varchar(255)", "repeat('é', 255)", "repeat('x', 255)"));
        cases.add(text("varchar(300)", "repeat('é', 300)"));
        cases.add(text("varchar(63)", "repeat('😀', 63)"));
        cases.add(text("char(10)", "'abc'", "'trailing '", "'äöü'", "''"));
        cases.add(text("char(255)", "repeat('😀', 255)"));
        cases.add(text("char(70) character set latin1", "repeat('é', 70)"));
        cases.add(text("tinytext", "'tiny'"));
        cases.add(text("text", "repeat('long', 15000)"));
        cases.add(text("mediumtext", "repeat('é', 100000)"));
        cases.add(text("longtext", "repeat('é', 5000000)"));
        cases.add(text("enum('one', 'zwei', 'drei ß')", "'one'", "'drei ß'", "2"));
        cases.add(text("enum('é', 'b') character set latin1", "'é'", "'b'"));
        cases.add(text("set('a', 'b', 'ç')", "''", "'a'", "'a,ç'", "'a,b,ç'"));
        cases.add(text(manyLabels("enum", 300), "'l1'", "'l255'", "'l256'", "'l300'"));
        cases.add(text(manyLabels("set", 64), "'l1'", "'l64'", "'l1,l33,l64'", "18446744073709551615"));
        return cases;
    }

    private static List<TypeCase> bytes() {
        return List.of(
                hex("binary(4)", "0x01020304", "0x00000000", "0x01000000", "0x20202020", "''"),
                hex("binary(255)", "repeat(0xFF, 255)", "''", "0xAB"),
                hex("varbinary(10)", "0x0100", "''", "0xFF00FF"),
                hex("varbinary(1000)", "repeat(0xAB, 1000)"),
                hex("tinyblob", "0x00FF", "''"),
                hex("blob", "repeat(0xCD, 60000)"),
                hex("mediumblob", "repeat(0xCD, 100000)"),
                hex("longblob", "repeat(0xEF, 3000000)"),
                new TypeCase(
                        "geometry",
                        "hex(st_aswkb(c))",
                        List.of(
                                "point(1, -2.5)",
                                "st_geomfromtext('linestring(0 0, 1 1, 2 0)')",
                                "st_geomfromtext('polygon((0 0, 4 0, 4 4, 0 0))')")),
                new TypeCase(
                        "geometry",
                        "insert(insert(hex(st_aswkb(c)), 3, 8, '01000020'), 11, 0, '110F0000')",
                        List.of("st_geomfromtext('point(7 8)', 3857)")));
    }

    private static String sample(String set) {
        return switch (set) {
            case "utf8mb4", "utf16", "utf16le", "utf32" -> "'grün 日本 😀'";
            case "utf8mb3", "ucs2" -> "'grün 日本'";
            case "cp1251", "koi8r" -> "'Привет'";
            case "greek" -> "'Ελλάδα'";
            case "hebrew" -> "'שלום'";
            case "latin2" -> "'žluťoučký'";
            case "gbk", "gb2312" -> "'中文'";
            case "big5" -> "'中文繁體'";
            case "sjis", "cp932", "ujis", "eucjpms" -> "'日本語カタカナ'";
            case "euckr" -> "'한국어'";
            default -> "'größer'";
        };
    }

    private static String manyLabels(String kind, int count) {
        return Stream.iterate(1, i -> i + 1)
                .limit(count)
                .map(i -> "'l" + i + "'")
                .toList()
                .toString()
                .replace("[", kind + "(")
                .replace("]", ")");
    }

    private static TypeCase printed(String type, String... literals) {
        return new TypeCase(type, PRINTED, List.of(literals));
    }

    private static TypeCase text(String type, String... literals) {
        return new TypeCase(type, TEXT, List.of(literals));
    }

    private static TypeCase hex(String type, String... literals) {
        return new TypeCase(type, "hex(c)", List.of(literals));
    }
}
