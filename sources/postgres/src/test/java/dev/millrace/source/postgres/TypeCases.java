package dev.millrace.source.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Every type with values, edges first, and how the server itself says what the cell must be. One table a type, named
 * {@code t0}, {@code t1} and so on, with the value in column {@code v}.
 */
public final class TypeCases {
    private static final String PRINTED = "v::text";
    private static final String FLOATING =
            "case when v::text in ('NaN', 'Infinity', '-Infinity', '-0') then v::text else trim_scale(v::text::numeric)::text end";
    private static final String LIST = "replace(array_to_json(v)::text, '\"', '')";

    private static final String PAIR = "'(' || (v).a || ',' || coalesce((v).\"B c\", 'null') || ',' || (v).at || ')'";

    private TypeCases() {}

    /**
     * @param expected an expression over {@code v} that gives the cell's text
     * @param values   literals without quotes
     */
    public record Case(String type, String expected, List<String> values) {}

    private static Case of(String type, String expected, String... values) {
        return new Case(type, expected, List.of(values));
    }

    public static final List<String> PREPARATION = List.of(
            "create extension citext",
            "create extension hstore",
            "create extension ltree",
            "create type mood as enum ('sad', 'ok', 'very \"happy\", 😀')",
            "create domain positive as integer check (value > 0)",
            "create domain price as numeric(12, 2)",
            "create domain grid as integer[][]",
            "create domain nested as price not null",
            "create type pair as (a integer, \"B c\" text, at timestamptz)",
            "create type floatrange as range (subtype = float8)",
            "create type textrange as range (subtype = text)",
            "create type pricerange as range (subtype = price)",
            "create type nesting as (inside pair, numbers integer[], cost price, moods mood[])",
            "create domain feeling as mood",
            "create domain span as int4range",
            "create domain couple as pair");

    public static final List<Case> ALL = Stream.of(
                    numbers(), texts(), times(), others(), geometry(), composed(), lists())
            .flatMap(List::stream)
            .toList();

    private static List<Case> numbers() {
        return List.of(
                of("boolean", PRINTED, "t", "f"),
                of("smallint", PRINTED, "0", "-32768", "32767"),
                of("integer", PRINTED, "0", "-2147483648", "2147483647"),
                of("bigint", PRINTED, "0", "-9223372036854775808", "9223372036854775807"),
                of(
                        "real",
                        FLOATING,
                        "0",
                        "-0",
                        "1.1",
                        "-3.4028235e38",
                        "1.17549435e-38",
                        "NaN",
                        "Infinity",
                        "-Infinity"),
                of(
                        "double precision",
                        FLOATING,
                        "0",
                        "-0",
                        "0.1",
                        "1.7976931348623157e308",
                        "-2.2250738585072014e-308",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "123456789012345680"),
                of("numeric(5)", PRINTED, "0", "-99999", "99999", "10000", "1"),
                of(
                        "numeric(18,4)",
                        PRINTED,
                        "0",
                        "0.0001",
                        "-0.1",
                        "99999999999999.9999",
                        "-10000.5",
                        "1e13",
                        "100000000"),
                of("numeric(18,18)", PRINTED, "0", "0.000000000000000001", "-0.999999999999999999", "0.1"),
                of("numeric(18,1)", PRINTED, "12345678901234567.8", "-0.1", "10000000000000000"),
                of("numeric(19,3)", PRINTED, "0", "-1234567890123456.789", "0.001"),
                of("numeric(38,10)", PRINTED, "9999999999999999999999999999.9999999999", "-0.0000000001", "0", "1e27"),
                of("numeric(100,50)", PRINTED, "1e49", "-1e-50", "12345678901234567890.12345678901234567890"),
                of("numeric(1000,0)", PRINTED, "1" + "0".repeat(999), "-" + "9".repeat(1000)),
                of(
                        "numeric",
                        PRINTED,
                        "0",
                        "0.00",
                        "-0.000",
                        "NaN",
                        "1.10",
                        "100000",
                        "-12345.678900",
                        "1e-30",
                        "0.0001234",
                        "1e40",
                        "10000.0001",
                        "99999999999999999999999999999.5",
                        "1e400",
                        "-1e-400",
                        "Infinity",
                        "-Infinity"),
                of("money", "v::numeric::text", "0", "12.34", "-92233720368547758.08", "92233720368547758.07"),
                of("oid", PRINTED, "0", "4294967295"),
                of("xid", PRINTED, "4294967295"),
                of("cid", PRINTED, "4294967295"),
                of("xid8", PRINTED, "0", "18446744073709551615"));
    }

    private static List<Case> texts() {
        return List.of(
                of("text", PRINTED, "", "plain", "Zoë 😀 \\ ' \" \n\t", "日本語"),
                of("varchar(10)", PRINTED, "", "ten chars!", "😀😀😀😀😀😀😀😀😀😀"),
                of("varchar", PRINTED, "any"),
                of("char(5)", "rpad(v::text, 5)", "", "ab", "abcde", "é"),
                of("bpchar", "format('%s', v)", "", "ab  "),
                of("\"char\"", PRINTED, "", "x"),
                of("name", PRINTED, "a_name"),
                of("citext", PRINTED, "MiXed", ""),
                of("json", PRINTED, "{\"a\" : 1,  \"a\":2}", "null", "\"x\""),
                of("jsonb", PRINTED, "{\"b\": [1, 2.50, null], \"a\": \"\\u00e9\"}", "null", "1e2"),
                of("jsonpath", PRINTED, "$.a[*] ? (@ > 1)"),
                of("xml", PRINTED, "<a b=\"1\">é</a>", "text only", "<?xml version=\"1.1\" standalone=\"yes\"?><a/>"),
                of("bytea", PRINTED, "\\x", "\\x00ff10"),
                of("ltree", PRINTED, "Top.Science.Astronomy", ""),
                of("lquery", PRINTED, "*.Science.*{1,2}"),
                of("ltxtquery", PRINTED, "Top & !Science"),
                of("tsvector", PRINTED, "a:1A,2B fat:3 'it''s':4C '\\\\back':5", "", "plain words"),
                of("bit(9)", PRINTED, "101010101", "000000000"),
                of("bit varying", PRINTED, "", "1", "1111000011110000"),
                of("bit varying(12)", PRINTED, "", "101010101010"),
                of("mood", PRINTED, "sad", "very \"happy\", 😀"));
    }

    private static List<Case> times() {
        return List.of(
                of(
                        "date",
                        PRINTED,
                        "1970-01-01",
                        "2000-02-29",
                        "4713-01-01 BC",
                        "0001-12-31 BC",
                        "0001-01-01",
                        "5874897-12-31"),
                of("time", PRINTED, "00:00", "24:00", "23:59:59.999999", "12:34:56.7"),
                of("time(3)", PRINTED, "12:34:56.789", "24:00"),
                of(
                        "timetz",
                        PRINTED,
                        "00:00+00",
                        "24:00-15:59",
                        "12:34:56.789+05:30",
                        "01:02:03-00:00:07",
                        "10:00+15:59:59"),
                of(
                        "timestamp",
                        PRINTED,
                        "1970-01-01",
                        "1999-12-31 23:59:59.999999",
                        "4713-11-24 00:00:00 BC",
                        "0044-03-15 12:00:00.5 BC",
                        "99999-01-01 00:00:01",
                        "294246-12-31 23:59:59.999999"),
                of("timestamp(0)", PRINTED, "2024-02-29 12:00:00"),
                of("timestamptz(3)", PRINTED, "2024-02-29 12:00:00.123+00"),
                of("interval(3)", PRINTED, "1.5", "-1 day +00:00:00.001"),
                of("interval year to month", PRINTED, "-14 months"),
                of(
                        "timestamptz",
                        PRINTED,
                        "2024-07-01 12:00:00+02",
                        "1900-01-01 00:00:00.000001+00",
                        "0001-01-01 00:00:00+00 BC"),
                of(
                        "interval",
                        PRINTED,
                        "0",
                        "1 year 2 months 3 days 04:05:06.789",
                        "-1 month +2 days -00:00:00.000001",
                        "-25:00",
                        "178000000 years",
                        "14 months -400 days 100:00:00",
                        "-00:00:01.5",
                        "1 second",
                        "00:01"));
    }

    private static List<Case> others() {
        return List.of(
                of("uuid", PRINTED, "00000000-0000-0000-0000-000000000000", "f47ac10b-58cc-4372-a567-0e02b2c3d479"),
                of(
                        "inet",
                        "format('%s', v)",
                        "192.168.0.1",
                        "10.1.2.3/8",
                        "::1",
                        "::",
                        "2001:db8::1/64",
                        "::ffff:1.2.3.4",
                        "::1.2.3.4",
                        "1:0:0:2:0:0:0:3",
                        "fe80:0:0:1::",
                        "1:2:3:4:5:6:7:8",
                        "0:0:1::",
                        "::2:0:0",
                        "1:0:2:0:3:0:4:0",
                        "::ffff:0:0"),
                of("cidr", PRINTED, "10.0.0.0/8", "192.168.1.1/32", "2001:db8::/32", "::/0", "0.0.0.0/0"),
                of("macaddr", PRINTED, "08:00:2b:01:02:03"),
                of("macaddr8", PRINTED, "08:00:2b:01:02:03:04:ff"),
                of("pg_lsn", PRINTED, "0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF"),
                of("pg_snapshot", PRINTED, "10:20:10,14,15", "1:1:"),
                of("txid_snapshot", PRINTED, "10:20:10,14,15"),
                of("tid", PRINTED, "(0,1)", "(4294967295,65535)"),
                of("hstore", PRINTED, "a=>1, b=>NULL, \"c d\"=>\"\"", ""));
    }

    private static List<Case> geometry() {
        return List.of(
                of(
                        "point",
                        PRINTED,
                        "(1,2)",
                        "(-0.1,1e300)",
                        "(NaN,Infinity)",
                        "(1e15,123456789012345)",
                        "(0.0001,0.00001)",
                        "(5e-324,1e16)"),
                of("line", PRINTED, "{1,-2,3.5}"),
                of("lseg", PRINTED, "[(0,0),(1,1.25)]"),
                of("box", PRINTED, "(1,1),(0,0)"),
                of("path", PRINTED, "((0,0),(1,1),(2,0))", "[(0,0),(1,1)]"),
                of("polygon", PRINTED, "((0,0),(1,1),(2,0))"),
                of("circle", PRINTED, "<(1,2),3>"));
    }

    private static List<Case> composed() {
        return List.of(
                of("integer[]", LIST, "{}", "{1,NULL,3}", "{-5}"),
                of("integer[][]", LIST, "{{1,2},{3,NULL}}", "{}"),
                of("text[]", LIST, "{plain,NULL,😀}"),
                of("numeric(10,2)[]", LIST, "{1.10,-2.25}"),
                of("uuid[]", LIST, "{f47ac10b-58cc-4372-a567-0e02b2c3d479}"),
                of("varchar(3)[][][]", LIST, "{{{a,b},{c,d}},{{e,f},{g,h}}}"),
                of("mood[]", LIST, "{ok,sad}"),
                of("positive", PRINTED, "1", "2147483647"),
                of("price", PRINTED, "1.50"),
                of("nested", PRINTED, "2.25"),
                of("grid", LIST, "{{1,2},{3,4}}"),
                of("positive[]", LIST, "{1,2}"),
                of("pair", PAIR, "(1,\"x, y\",2024-01-01 00:00:00+00)", "(2,,2024-01-01 00:00:00.5+00)"),
                of("int4range", PRINTED, "[1,5]", "empty", "(,3)", "[7,)", "(,)"),
                of("int8range", PRINTED, "[-9223372036854775808,0)"),
                of("numrange", PRINTED, "(1.10,2.200]", "[NaN,NaN]"),
                of("daterange", PRINTED, "[2020-01-01,2020-02-01)", "[-infinity,infinity]", "(4713-01-01 BC,)"),
                of("tsrange", PRINTED, "[2020-01-01 00:00:00.5,2021-01-01 00:00)", "[infinity,)"),
                of("tstzrange", PRINTED, "(2020-01-01 00:00:00+05,]", "[-infinity,0044-03-15 12:00:00+00 BC]"),
                of("floatrange", PRINTED, "[1.5,1e20)", "(-Infinity,NaN]"),
                of(
                        "textrange",
                        PRINTED,
                        "[a,b)",
                        "[\"with, comma\",\"z\\\"q\"]",
                        "[\"\",\"back\\\\slash\")",
                        "(,\"a b\")"),
                of("int4multirange", PRINTED, "{[1,2),[5,9)}", "{}", "{(,)}"),
                of("tstzmultirange", PRINTED, "{[2020-01-01 00:00+00,2020-02-01 00:00+00)}"),
                of("textrange[]", LIST, "{\"[a,b)\"}"),
                of("pricerange", PRINTED, "[1.50,2)", "empty"),
                of("nummultirange", PRINTED, "{[1.50,2),[NaN,NaN]}"),
                of("datemultirange", PRINTED, "{(-infinity,4713-01-01 BC]}"),
                of("floatmultirange", PRINTED, "{[0.1,Infinity)}", "{}"),
                of("span", PRINTED, "[1,5]", "empty"),
                of("feeling", PRINTED, "ok"),
                of("couple", PAIR, "(1,b,2024-01-01 00:00:00+00)"),
                of(
                        "nesting",
                        "format('((%s,%s,%s),[%s],%s,[%s])', ((v).inside).a, ((v).inside).\"B c\", ((v).inside).at,"
                                + " array_to_string((v).numbers, ',', 'null'), (v).cost, array_to_string((v).moods, ','))",
                        "(\"(1,b,2024-01-01 00:00:00+00)\",\"{1,NULL}\",1.50,\"{ok,sad}\")",
                        "(\"(-1,b,2024-01-01 00:00:00+00)\",{},0,{})"));
    }

    private static List<Case> lists() {
        return List.of(
                of("boolean[]", LIST, "{t,NULL,f}"),
                of("bigint[]", LIST, "{9223372036854775807,NULL,-9223372036854775808}"),
                of("double precision[]", LIST, "{0.1,NaN,-Infinity,NULL}"),
                of("numeric[]", LIST, "{1.10,NaN,-Infinity,1e40}"),
                of("numeric(60,20)[]", LIST, "{1234567890123456789012345678901234567890.00000000000000000001}"),
                of("char(3)[]", LIST, "{a,NULL}"),
                of("bytea[]", "replace(" + LIST + ", '\\\\', '\\')", "{\"\\\\x00ff\",NULL,\"\\\\x\"}"),
                of("date[]", LIST, "{2024-02-29,0044-03-15 BC,NULL}"),
                of("time[]", LIST, "{24:00,00:00}"),
                of(
                        "timestamptz[]",
                        "'[' || array_to_string(v, ',', 'null') || ']'",
                        "{2024-02-29 12:00:00.5+00,0044-03-15 00:00:00+00 BC,NULL}"),
                of("interval[]", LIST, "{1 year -2 days,NULL}"),
                of("jsonb[]", LIST, "{1,\"[2, null]\",NULL}"),
                of("inet[]", LIST, "{::1,10.0.0.0/8}"),
                of("bit(3)[]", LIST, "{101,NULL}"),
                of("point[]", LIST, "{\"(1,2)\",NULL}"),
                of("hstore[]", "'[' || array_to_string(v, ',', 'null') || ']'", "{\"a=>1, b=>NULL\",\"\",NULL}"),
                of("citext[]", LIST, "{MiXed}"),
                of("int4range[]", LIST, "{\"[1,5)\",empty,NULL}"),
                of("int4multirange[]", LIST, "{\"{[1,2),[5,9)}\"}"),
                of("integer[][][][][][]", LIST, "{{{{{{1,2}},{{NULL,4}}}}}}"),
                of("grid[]", LIST, "{\"{{1,2},{3,NULL}}\"}"),
                of(
                        "pair[]",
                        "(select '[' || string_agg(coalesce(" + PAIR.replace("(v)", "(e)")
                                + ", 'null'), ',') || ']' from (select unnest(v) as e) elements)",
                        "{\"(1,b,2024-01-01 00:00:00+00)\",NULL}"));
    }

    /** Types with a value that their columns refuse, and a part of what is said about it. */
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("date", "infinity", "infinity"),
                Arguments.of("timestamptz", "-infinity", "-infinity"),
                Arguments.of("timestamp", "294276-12-31 23:59:59", "294246"),
                Arguments.of("numeric(10,2)", "NaN", "NaN"),
                Arguments.of("numeric(50,2)", "NaN", "NaN"),
                Arguments.of("date[]", "{infinity}", "infinity"),
                Arguments.of("integer[]", "{{1,2}}", "2 dimensions"),
                Arguments.of("integer[]", "[0:1]={1,2}", "index 0"),
                Arguments.of("integer[][]", "{1}", "1 dimensions"),
                Arguments.of("integer[][]", "[1:1][-2:-1]={{1,2}}", "index -2"));
    }

    /** Makes the tables, each with a null last. */
    public static void create(TestDatabase database) throws SQLException {
        for (String statement : PREPARATION) {
            database.execute(statement);
        }
        for (int i = 0; i < ALL.size(); i++) {
            database.execute("create table t" + i + " (id integer primary key, v "
                    + ALL.get(i).type() + ")");
        }
    }

    /** One statement that inserts all values of a case. */
    public static String insert(int index, int firstId) {
        Case type = ALL.get(index);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < type.values().size(); i++) {
            rows.add("(" + (firstId + i) + ", '" + type.values().get(i).replace("'", "''") + "')");
        }
        if (!type.type().equals("nested")) {
            rows.add("(" + (firstId + type.values().size()) + ", null)");
        }
        return "insert into t" + index + " values " + String.join(", ", rows);
    }

    /** What the server itself says of the cells, in the order of ids. */
    public static List<String> expected(TestDatabase database, int index) throws SQLException {
        database.execute("set timezone = 'UTC'", "set intervalstyle = 'iso_8601'", "set datestyle = 'ISO'");
        return database.query("select case when v is null then 'null' else "
                + ALL.get(index).expected() + " end from t" + index + " order by id");
    }
}
