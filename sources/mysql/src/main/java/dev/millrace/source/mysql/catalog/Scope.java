package dev.millrace.source.mysql.catalog;

import dev.millrace.schema.TableId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tables of one database that the catalog is asked for.
 *
 * @param where which rows of {@code information_schema} are about them; where they are many, others may be among them
 */
record Scope(String database, Set<String> names, String where) {
    /** Beyond so many all of a database are asked for. */
    private static final int MOST_NAMES = 200;

    static Scope of(String database, List<TableId> ids) {
        Set<String> names = ids.stream().map(TableId::name).collect(Collectors.toUnmodifiableSet());
        return new Scope(database, names, " where table_schema = " + Quoting.literal(database) + names(names));
    }

    /** MariaDB opens one table for an equality, and all of the database for a list. */
    private static String names(Set<String> names) {
        if (names.size() > MOST_NAMES) {
            return "";
        }
        String list = names.stream().map(Quoting::literal).sorted().collect(Collectors.joining(", "));
        return names.size() == 1 ? " and table_name = " + list : " and table_name in (" + list + ")";
    }
}
