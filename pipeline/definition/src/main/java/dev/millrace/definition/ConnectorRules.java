package dev.millrace.definition;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.Problem;
import java.util.List;
import java.util.Optional;

/** Validates what only the connectors know, so that their problems are reported together with those of the file. */
public interface ConnectorRules {
    /**
     * Problems of the source.
     *
     * @param quickstart the section that will fill in the connection; empty where there is none
     */
    List<Problem> source(ConnectorDefinition source, Optional<ConfigSection> quickstart);

    List<Problem> sink(ConnectorDefinition sink);

    /** Everything is right. */
    ConnectorRules NONE = new ConnectorRules() {
        @Override
        public List<Problem> source(ConnectorDefinition source, Optional<ConfigSection> quickstart) {
            return List.of();
        }

        @Override
        public List<Problem> sink(ConnectorDefinition sink) {
            return List.of();
        }
    };
}
