package dev.millrace.source.mysql.setup;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.config.MySqlConfig;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.types.TypePolicy;
import dev.millrace.source.relational.check.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What must hold of a table before it can be captured. */
public final class TableRequirements {
    /** Engines that show a transaction one state of their rows, however long it lasts. */
    private static final Set<String> WITH_STATES = Set.of("innodb", "rocksdb", "tokudb");

    private static final String LEAVE_OUT = " Or leave the table out with 'tables.exclude'.";

    private final TypePolicy policy;
    private final boolean readsTables;

    public TableRequirements(MySqlConfig config) {
        this.policy = config.types();
        this.readsTables = config.startup().readsTables();
    }

    public List<Requirement> unmet(List<MySqlTable> tables) {
        return tables.stream().flatMap(table -> unmet(table).stream()).toList();
    }

    public List<Requirement> unmet(MySqlTable table) {
        List<Requirement> unmet = new ArrayList<>();
        String engine = table.storage().engine();
        if (readsTables && !WITH_STATES.contains(engine.toLowerCase(Locale.ROOT))) {
            unmet.add(new Requirement(
                    MySqlError.TABLES,
                    "table " + table.id(),
                    "Its engine, " + engine + ", has no state of its rows that a snapshot could see.",
                    "ALTER TABLE " + table.quotedName() + " ENGINE = InnoDB;" + LEAVE_OUT));
        }
        try {
            TableDecoder.schema(table, policy);
        } catch (MillraceException refused) {
            unmet.add(new Requirement(
                    refused.code(), "table " + table.id(), String.valueOf(refused.getMessage()), refused.nextStep()));
        }
        return unmet;
    }
}
