package dev.millrace.runtime;

import dev.millrace.schema.TableId;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.state.Ownership;
import dev.millrace.spi.state.StateStorage;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a job is made of.
 *
 * @param name        the pipeline's name
 * @param fingerprint what makes this pipeline's state its own, as a line for people: types of source and sink, tables. State
 *                    written under another fingerprint is refused.
 * @param mode        whether to read on for ever
 * @param ends        both ends and the way between them
 * @param state       where the job remembers; stays open when the job ends, its giver closes it
 * @param spillFolder a local folder that is the job's alone; emptied at each start
 */
public record JobSpec(
        String name,
        String fingerprint,
        SourceContext.ReadMode mode,
        Ends ends,
        State state,
        Path spillFolder,
        JobSettings settings) {

    /**
     * Both ends and the way between them.
     *
     * @param source makes the source of one run; a job that restarts makes a new one
     * @param sink   makes the sink of one run
     * @param route  names the sink's table for a source's table; without state
     */
    public record Ends(
            Function<SourceContext, Source> source, Function<SinkContext, Sink> sink, UnaryOperator<TableId> route) {}

    /**
     * Where a job remembers.
     *
     * @param ownership of the storage's location, held while the job lives
     */
    public record State(StateStorage storage, Ownership ownership) {}
}
