package dev.millrace.cli;

import dev.millrace.config.ConfigValue;
import dev.millrace.definition.Note;
import dev.millrace.definition.PipelineDefinition;
import dev.millrace.runtime.checkpoint.Checkpoint;
import dev.millrace.runtime.checkpoint.CheckpointStore;
import dev.millrace.runtime.checkpoint.PipelineRecord;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.VersionedBytes;
import dev.millrace.spi.state.StateStorage;
import java.util.Map;
import java.util.Optional;

/** A validated pipeline file with the connectors that it names. */
record Pipeline(PipelineDefinition definition, Connectors connectors, StateLocation state) {

    /** Reads and validates the file; from here on the console hides its secrets. */
    static Pipeline read(PipelineArguments arguments, Shell shell) {
        Connectors connectors = new Connectors();
        PipelineDefinition definition = arguments.file(shell.environment()).read(connectors);
        shell.console().redactor().hide(definition.secrets());
        for (Note note : definition.notes()) {
            shell.console().message("note: " + note);
        }
        return new Pipeline(
                definition,
                connectors,
                new StateLocation(
                        definition.pipeline().state(),
                        definition.pipeline().stateOptions(),
                        definition.pipeline().workFolder()));
    }

    String name() {
        return definition.pipeline().name();
    }

    /** What its state is bound to. */
    String fingerprint() {
        return definition.source().type() + " to " + definition.sink().type();
    }

    Source source(SourceContext context) {
        return connectors
                .source(definition.source().type())
                .create(definition.source().section(), context);
    }

    Sink sink(SinkContext context) {
        return connectors
                .sink(definition.sink().type())
                .create(definition.sink().section(), context);
    }

    /** The same with a connection for the source where the file leaves it out. */
    Pipeline connectedTo(Map<String, ConfigValue> connection) {
        return new Pipeline(definition.withSourceDefaults(connection), connectors, state);
    }

    /** Who it is according to its state; empty where it never ran. */
    Optional<PipelineIdentity> identity() {
        if (!state.mayExist()) {
            return Optional.empty();
        }
        try (StateStorage storage = state.open()) {
            return PipelineRecord.read(storage)
                    .map(record ->
                            new PipelineIdentity(name(), record.identity().id()));
        }
    }

    /** What the source's enumerator left in the newest checkpoint; empty where there is none. */
    Optional<VersionedBytes> sourceState() {
        try (StateStorage storage = state.open()) {
            return new CheckpointStore(storage).newest().map(Checkpoint::enumerator);
        }
    }

    /** For connectors that only look; under a stand-in where the pipeline never ran. */
    Contexts looking() {
        return Contexts.looking(identity().orElse(new PipelineIdentity(name(), "none")));
    }
}
