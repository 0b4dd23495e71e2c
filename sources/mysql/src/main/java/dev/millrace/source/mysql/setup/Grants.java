package dev.millrace.source.mysql.setup;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rights of the user, its active roles' among them. Rights that were revoked in part are not looked into. */
final class Grants {
    private static final Pattern GRANT = Pattern.compile("GRANT (.+?) ON (\\S+|`.*`\\.\\S+) TO .*", Pattern.DOTALL);
    private static final String ALL = "ALL PRIVILEGES";

    /**
     * Rights on something.
     *
     * @param scope {@code *.*}, {@code `shop`.*}, {@code `shop`.`orders`}
     */
    private record Grant(Set<String> rights, String scope) {
        boolean holds(String right) {
            return rights.contains(right) || rights.contains(ALL);
        }
    }

    private final List<Grant> grants;

    private Grants(List<Grant> grants) {
        this.grants = grants;
    }

    static Grants read(ServerSession session) {
        List<Grant> grants = new ArrayList<>();
        for (String line : lines(session)) {
            Matcher matcher = GRANT.matcher(line);
            if (matcher.matches()) {
                grants.add(new Grant(
                        Stream.of(matcher.group(1).split(",\\s*"))
                                .map(right -> right.strip().toUpperCase(Locale.ROOT))
                                .collect(Collectors.toSet()),
                        matcher.group(2)));
            }
        }
        return new Grants(grants);
    }

    private static List<String> lines(ServerSession session) {
        String roles = session.query("select current_role()").getFirst().getFirst();
        boolean hasRole = roles != null && !roles.equals("NONE");
        if (!session.greeting().isMariaDb()) {
            return lines(session, "show grants for current_user()" + (hasRole ? " using " + roles : ""));
        }
        List<String> all = new ArrayList<>(lines(session, "show grants for current_user()"));
        if (hasRole) {
            all.addAll(lines(session, "show grants for current_role()"));
        }
        return all;
    }

    private static List<String> lines(ServerSession session, String statement) {
        return session.query(statement).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    /** On the whole server; any of the names that the right goes by. */
    boolean global(String... names) {
        return grants.stream()
                .filter(grant -> grant.scope().equals("*.*"))
                .anyMatch(grant -> Stream.of(names).anyMatch(grant::holds));
    }

    /** On the table, its database or the whole server. Databases that are named by a pattern count as that pattern. */
    boolean on(TableId table, String right) {
        return grants.stream().filter(grant -> grant.holds(right)).anyMatch(grant -> covers(grant.scope(), table));
    }

    private static boolean covers(String scope, TableId table) {
        if (scope.equals("*.*")) {
            return true;
        }
        int end = scope.indexOf("`.");
        if (end < 1) {
            return false;
        }
        String database = scope.substring(1, end).replace("``", "`");
        String name = scope.substring(end + 2);
        return name.equals("*")
                ? pattern(database).matcher(table.database()).matches()
                : database.equals(table.database())
                        && name.equals("`" + table.name().replace("`", "``") + "`");
    }

    /** In grants on databases {@code %} and {@code _} are wildcards, unless a backslash says otherwise. */
    private static Pattern pattern(String database) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < database.length(); i++) {
            char letter = database.charAt(i);
            if (letter == '\\' && i + 1 < database.length()) {
                expression.append(Pattern.quote(String.valueOf(database.charAt(++i))));
            } else if (letter == '%') {
                expression.append(".*");
            } else if (letter == '_') {
                expression.append('.');
            } else {
                expression.append(Pattern.quote(String.valueOf(letter)));
            }
        }
        return Pattern.compile(expression.toString());
    }
}
