package dev.millrace.source.mysql.catalog;

import static dev.millrace.source.mysql.catalog.CatalogReader.text;

import dev.millrace.source.mysql.catalog.MySqlTable.Identity;
import dev.millrace.source.mysql.catalog.MySqlTable.KeyKind;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads unique indexes, and tells which of them is a table's key. */
final class KeyReader {
    private static final String INDEXES = """
            select table_name, index_name, column_name, sub_part, index_type
            from information_schema.statistics""";

    private static final String PRIMARY = "PRIMARY";

    private final Map<String, Map<String, List<Part>>> indexesByTable = new HashMap<>();

    /**
     * A column of an index.
     *
     * @param name   empty where the part is an expression
     * @param prefix only the first characters are in the index
     */
    private record Part(String name, boolean prefix, boolean ordered) {}

    /** An index whose columns are known, and never null. */
    private record Candidate(String index, List<Integer> columns, boolean whole, boolean number) {
        Identity identity(KeyKind kind) {
            return new Identity(kind, columns, index, whole);
        }
    }

    /** As short as there is, and of numbers where there is such a one. */
    private static final Comparator<Candidate> BEST = Comparator.<Candidate>comparingInt(
                    candidate -> candidate.columns().size())
            .thenComparing(candidate -> !candidate.number())
            .thenComparing(candidate -> !candidate.whole())
            .thenComparing(Candidate::index);

    KeyReader(ServerSession session, Scope scope) {
        String visible = session.greeting().isMariaDb() ? "" : " and is_visible = 'YES'";
        String order = " order by table_name, index_name, seq_in_index";
        for (List<@Nullable String> row :
                session.query(INDEXES + scope.where() + " and non_unique = 0" + visible + order)) {
            indexesByTable
                    .computeIfAbsent(text(row, 0), missing -> new LinkedHashMap<>())
                    .computeIfAbsent(text(row, 1), missing -> new ArrayList<>())
                    .add(new Part(text(row, 2), row.get(3) != null, text(row, 4).equals("BTREE")));
        }
    }

    Identity of(String table, List<MySqlColumn> columns) {
        Map<String, List<Part>> indexes = indexesByTable.getOrDefault(table, Map.of());
        List<Part> primary = indexes.get(PRIMARY);
        if (primary != null) {
            return candidate(PRIMARY, primary, columns)
                    .map(candidate -> candidate.identity(KeyKind.PRIMARY))
                    .orElse(Identity.NONE);
        }
        return indexes.entrySet().stream()
                .map(entry -> candidate(entry.getKey(), entry.getValue(), columns))
                .flatMap(Optional::stream)
                .min(BEST)
                .map(candidate -> candidate.identity(KeyKind.UNIQUE))
                .orElse(Identity.NONE);
    }

    private static Optional<Candidate> candidate(String index, List<Part> parts, List<MySqlColumn> columns) {
        List<String> names = columns.stream().map(MySqlColumn::name).toList();
        List<Integer> key = new ArrayList<>();
        for (Part part : parts) {
            int column = names.indexOf(part.name());
            if (column < 0 || columns.get(column).nullable()) {
                return Optional.empty();
            }
            key.add(column);
        }
        Part first = parts.getFirst();
        boolean number = columns.get(key.getFirst()).type().isWholeNumber();
        return Optional.of(new Candidate(index, key, first.ordered() && !first.prefix(), number));
    }
}
