package dev.millrace.bench.contender;

/** Where a pipeline of ours writes. */
public enum OurSink {
    NOTHING,
    PAIMON
}
