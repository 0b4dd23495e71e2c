package dev.millrace.source.mysql.catalog;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.wire.ServerSession;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Distributed transactions that are prepared and have not ended. Their rows stand in the log where they were prepared: whoever begins to
 * read behind that finds them neither there nor in a snapshot that was taken before they were committed.
 *
 * @param isKnown false where the user may not ask
 * @param names   as {@code XA COMMIT} takes them
 */
public record PendingTransactions(boolean isKnown, Set<String> names) {
    private static final String HEXADECIMAL = "0x";

    public PendingTransactions {
        names = Set.copyOf(names);
    }

    /** Those of the whole server, whatever they changed: it does not tell. */
    public static PendingTransactions now(ServerSession session) {
        boolean mariaDb = session.greeting().isMariaDb();
        try {
            return new PendingTransactions(
                    true,
                    session.query(mariaDb ? "xa recover format = 'sql'" : "xa recover convert xid").stream()
                            .map(row -> mariaDb ? Objects.requireNonNull(row.get(3)) : name(row))
                            .collect(Collectors.toSet()));
        } catch (MillraceException refused) {
            if (refused.code() != MySqlError.PRIVILEGE) {
                throw refused;
            }
            return new PendingTransactions(false, Set.of());
        }
    }

    /** What MySQL shows are the two parts' bytes in one. */
    private static String name(List<@Nullable String> row) {
        byte[] parts =
                HexFormat.of().parseHex(Objects.requireNonNull(row.get(3)).substring(HEXADECIMAL.length()));
        int first = Integer.parseInt(Objects.requireNonNull(row.get(1)));
        String format = Objects.requireNonNull(row.get(0));
        boolean isShort = first == parts.length && format.equals("1");
        return literal(parts, 0, first) + (isShort ? "" : "," + literal(parts, first, parts.length) + "," + format);
    }

    private static String literal(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] < ' ' || bytes[i] > '~' || bytes[i] == '\'' || bytes[i] == '\\') {
                return "X'" + HexFormat.of().formatHex(bytes, start, end) + "'";
            }
        }
        return "'" + new String(bytes, start, end - start, StandardCharsets.US_ASCII) + "'";
    }

    /** Those of two looks. */
    public PendingTransactions and(PendingTransactions others) {
        Set<String> all = new TreeSet<>(names);
        all.addAll(others.names);
        return new PendingTransactions(isKnown && others.isKnown, all);
    }

    /** The statements that end them. */
    public String howToEnd() {
        return names.stream()
                .sorted()
                .map(name -> "XA COMMIT " + name + "; or XA ROLLBACK " + name + ";")
                .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return names.stream().sorted().collect(Collectors.joining("; "));
    }
}
