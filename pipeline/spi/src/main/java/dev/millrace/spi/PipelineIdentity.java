package dev.millrace.spi;

/**
 * Who a pipeline is.
 *
 * @param name from the pipeline file; used in names that people see (slots, folders)
 * @param id   made at the first start and kept in the state: unlike the name it is never used by another pipeline, nor by
 *             this one after its state was dropped. Sinks sign their commits with it.
 */
public record PipelineIdentity(String name, String id) {}
