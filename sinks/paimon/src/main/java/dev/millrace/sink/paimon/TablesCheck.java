package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Schema;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.PipelineIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether tables could be written to: that they are not there yet, or of the right shape and this pipeline's own. */
final class TablesCheck {
    private final TableCreation creation;
    private final KnownTables known;

    TablesCheck(Warehouse warehouse, PaimonSettings settings, PipelineIdentity pipeline) {
        this.creation = new TableCreation(warehouse, settings, pipeline);
        this.known = new KnownTables(new PipelineFolder(warehouse, pipeline));
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
            creation.requireUsable(table, known.contains(table.table()));
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
