package dev.millrace.source.postgres.setup;

import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.Quoting;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The statements that make, change and mend what a pipeline needs; run by us, or shown to somebody who may. */
final class Statements {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final int GENERATED_COLUMNS_SINCE = 18;

    private Statements() {}

    static String createPublication(String publication, List<PgTable> tables, ServerFacts server) {
        String generated = server.major() >= GENERATED_COLUMNS_SINCE ? ", publish_generated_columns = stored" : "";
        return "CREATE PUBLICATION " + name(publication) + " FOR TABLE " + tables(tables)
                + " WITH (publish_via_partition_root = true" + generated + ")";
    }

    static String setTables(String publication, List<PgTable> tables) {
        return "ALTER PUBLICATION " + name(publication) + " SET TABLE " + tables(tables);
    }

    static String addTables(String publication, List<PgTable> tables) {
        return "ALTER PUBLICATION " + name(publication) + " ADD TABLE " + tables(tables);
    }

    static String mark(String publication, String mark) {
        return "COMMENT ON PUBLICATION " + name(publication) + " IS " + Quoting.literal(mark);
    }

    static String dropPublication(String publication) {
        return "DROP PUBLICATION IF EXISTS " + name(publication);
    }

    /** As people write it: quoted only where it has to be. */
    static String name(String identifier) {
        return PLAIN.matcher(identifier).matches() ? identifier : Quoting.identifier(identifier);
    }

    static String name(PgTable table) {
        return Quoting.identifier(table.id().schema()) + "."
                + Quoting.identifier(table.id().name());
    }

    private static String tables(List<PgTable> tables) {
        return tables.stream()
                .map(table -> (table.partitioned() ? "" : "ONLY ") + name(table))
                .collect(Collectors.joining(", "));
    }
}
