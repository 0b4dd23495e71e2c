package dev.millrace.source.mysql.catalog;

import dev.millrace.source.mysql.types.MultiByteForm;
import dev.millrace.source.mysql.types.TextForm;
import dev.millrace.source.mysql.types.TextForms;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for its collations, and for the characters of the sets that are met. Java's sets of the same names differ from them
 * in some characters, and servers know sets that Java does not.
 */
public final class CharacterSets {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");
    /** MariaDB lists collations that several sets share apart, and only from 10.10 on with their numbers. */
    private static final String SHARED_COLLATIONS =
            "select 1 from information_schema.columns where table_schema = 'information_schema'"
                    + " and table_name = 'COLLATION_CHARACTER_SET_APPLICABILITY' and column_name = 'ID'";

    private static final String BYTES =
            "with recursive n (x) as (select 0 union all select x + 1 from n where x < 255) ";
    private static final String ONE =
            BYTES + "select %s from (select unhex(lpad(hex(x), 2, '0')) as b, x from n) as c order by x";
    private static final String TWO = BYTES
            + "select %s from (select unhex(concat(lpad(hex(p.x), 2, '0'), lpad(hex(q.x), 2, '0'))) as b, p.x * 256 + q.x as x"
            + " from n as p, n as q) as c order by x";
    private static final String THREE = BYTES
            + "select %s from (select unhex(concat('8F', lpad(hex(p.x), 2, '0'), lpad(hex(q.x), 2, '0'))) as b, p.x * 256 + q.x as x"
            + " from n as p, n as q) as c order by x";
    /** GB 18030's codes of four bytes up to U+FFFF, in order. */
    private static final String FOUR = BYTES
            + "select %s from (select unhex(concat(hex(129 + x div 12600), hex(48 + x div 1260 mod 10),"
            + " hex(129 + x div 10 mod 126), hex(48 + x mod 10))) as b, x"
            + " from (select p.x * 256 + q.x as x from n as p, n as q) as m where x < 39420) as c order by x";

    private final Supplier<ServerSession> sessions;

    private CharacterSets(Supplier<ServerSession> sessions) {
        this.sessions = sessions;
    }

    /** @param sessions opens a session with the server, now and when a set is first met */
    public static TextForms of(Supplier<ServerSession> sessions) {
        try (ServerSession session = sessions.get()) {
            boolean shared = !session.query(SHARED_COLLATIONS).isEmpty();
            Map<Integer, String> setByCollation = session
                    .query("select id, character_set_name from information_schema."
                            + (shared ? "collation_character_set_applicability" : "collations")
                            + " where id is not null and character_set_name is not null")
                    .stream()
                    .collect(Collectors.toMap(
                            row -> Integer.valueOf(Objects.requireNonNull(row.get(0))),
                            row -> Objects.requireNonNull(row.get(1))));
            return new TextForms(setByCollation, new CharacterSets(sessions)::ask);
        }
    }

    private Optional<TextForm> ask(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (ServerSession session = sessions.get()) {
            int[] one = characters(session, ONE, name);
            List<List<@Nullable String>> longest = session.query(
                    "select maxlen from information_schema.character_sets where character_set_name = '" + name + "'");
            return switch (longest.isEmpty()
                    ? ""
                    : String.valueOf(longest.getFirst().getFirst())) {
                case "1" -> Optional.of(TextForm.SingleByte.of(name, texts(one)));
                case "2" -> Optional.of(new MultiByteForm(name, one, characters(session, TWO, name), new int[0]));
                case "3" ->
                    Optional.of(new MultiByteForm(
                            name, one, characters(session, TWO, name), characters(session, THREE, name)));
                case "4" ->
                    Optional.of(new MultiByteForm(
                            name, one, characters(session, TWO, name), characters(session, FOUR, name)));
                default -> Optional.empty();
            };
        }
    }

    /**
     * The character of each code, 0 where the server knows none: it then says null, a question mark, or several characters. Collations take
     * the full-width question mark for the same.
     */
    private static int[] characters(ServerSession session, String codes, String set) {
        String text = "convert(convert(b using " + set + ") using utf8mb4)";
        List<List<@Nullable String>> rows = session.query(String.format(
                codes,
                "if(char_length(" + text + ") = 1 and (hex(" + text + ") <> '3F' or hex(b) = '3F'), " + text
                        + ", null)"));
        return rows.stream()
                .map(List::getFirst)
                .mapToInt(character -> character == null || character.isEmpty() ? 0 : character.codePointAt(0))
                .toArray();
    }

    private static List<String> texts(int[] characters) {
        List<String> texts = new ArrayList<>();
        for (int value = 0; value < characters.length; value++) {
            texts.add(characters[value] == 0 && value != 0 ? "" : Character.toString(characters[value]));
        }
        return texts;
    }
}
