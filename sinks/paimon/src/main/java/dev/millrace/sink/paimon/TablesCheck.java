package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Schema;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.PipelineIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks whether tables could be written to: that they are not there yet, or of the right shape and this pipeline's own. */
final class TablesCheck {
    /** Throws where a table can't be written to. */
    private final Consumer<Schema> look;

    private TablesCheck(Consumer<Schema> look) {
        this.look = look;
    }

    static TablesCheck in(Warehouse warehouse, PaimonSettings settings, PipelineIdentity pipeline) {
        TableCreation creation = new TableCreation(warehouse, settings, pipeline);
        KnownTables known = new KnownTables(new PipelineFolder(warehouse, pipeline));
        return new TablesCheck(table -> creation.requireUsable(table, known.contains(table.table())));
    }

    /** For a warehouse that is not there yet: all tables are going to be made. */
    static TablesCheck ofNew(PaimonSettings settings) {
        return new TablesCheck(new TableDefinition(settings)::of);
    }

    List<Finding> findings(List<Schema> tables) {
        List<Finding> findings = new ArrayList<>();
        for (Schema table : tables) {
            refusal(table).ifPresent(findings::add);
        }
        return findings.isEmpty()
                ? List.of(new Finding(Level.OK, "tables", tables.size() + " can be written to", ""))
                : findings;
    }

    private Optional<Finding> refusal(Schema table) {
        try {
            look.accept(table);
            return Optional.empty();
        } catch (MillraceException e) {
            return Optional.of(new Finding(
                    Level.ERROR,
                    "table " + Warehouse.identifier(table.table()).getFullName(),
                    e.code().id() + " " + e.getMessage(),
                    e.nextStep()));
        }
    }
}
