package dev.millrace.source.mysql.catalog;

import dev.millrace.source.mysql.types.TextForms;
import dev.millrace.source.mysql.wire.ServerSession;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks a server for its character sets and collations. */
public final class CharacterSets {
    private static final int BYTES = 256;
    private static final int QUESTION_MARK = '?';
    /** MariaDB lists collations that several sets share apart, and only from 10.10 on with their numbers. */
    private static final String SHARED_COLLATIONS =
            "select 1 from information_schema.columns where table_schema = 'information_schema'"
                    + " and table_name = 'COLLATION_CHARACTER_SET_APPLICABILITY' and column_name = 'ID'";

    private CharacterSets() {}

    public static TextForms of(ServerSession session) {
        boolean shared = !session.query(SHARED_COLLATIONS).isEmpty();
        Map<Integer, String> setByCollation = session
                .query("select id, character_set_name from information_schema."
                        + (shared ? "collation_character_set_applicability" : "collations")
                        + " where id is not null and character_set_name is not null")
                .stream()
                .collect(Collectors.toMap(
                        row -> Integer.valueOf(Objects.requireNonNull(row.get(0))),
                        row -> Objects.requireNonNull(row.get(1))));
        return new TextForms(setByCollation, singleByteSets(session));
    }

    private static Map<String, List<String>> singleByteSets(ServerSession session) {
        String everyByte = IntStream.range(0, BYTES)
                .mapToObj(value -> HexFormat.of().toHexDigits((byte) value))
                .collect(Collectors.joining());
        String all = session
                .query("select character_set_name from information_schema.character_sets"
                        + " where maxlen = 1 and character_set_name not in ('binary', 'ascii')")
                .stream()
                .map(row -> Objects.requireNonNull(row.getFirst()))
                .map(name -> "select '" + name + "', hex(convert(_" + name + " X'" + everyByte + "' using utf8mb4))")
                .collect(Collectors.joining(" union all "));
        Map<String, List<String>> sets = new HashMap<>();
        session.query(all)
                .forEach(row ->
                        sets.put(Objects.requireNonNull(row.get(0)), characters(Objects.requireNonNull(row.get(1)))));
        return sets;
    }

    /** A byte that is no character became a question mark, which stands for itself only at its own place. */
    private static List<String> characters(String hex) {
        int[] codes = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8)
                .codePoints()
                .toArray();
        return IntStream.range(0, codes.length)
                .mapToObj(value ->
                        codes[value] == QUESTION_MARK && value != QUESTION_MARK ? "" : Character.toString(codes[value]))
                .toList();
    }
}
