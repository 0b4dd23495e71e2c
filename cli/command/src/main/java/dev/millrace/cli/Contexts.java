package dev.millrace.cli;

import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.SourceContext;
import java.nio.file.Path;
import java.time.InstantSource;

/** What connectors are told by commands that only look: one reader, one writer, little memory. */
record Contexts(SourceContext source, SinkContext sink) {
    private static final long BYTES = 1L << 20;

    /** For validating, where nobody knows yet who the pipeline is. */
    static Contexts looking() {
        return looking(new PipelineIdentity("unnamed", "none"));
    }

    static Contexts looking(PipelineIdentity pipeline) {
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
        InstantSource clock = InstantSource.system();
        return new Contexts(
                new SourceContext(pipeline, SourceContext.ReadMode.CONTINUOUS, 1, BYTES, scratch, clock),
                new SinkContext(pipeline, 1, BYTES, scratch, clock));
    }
}
