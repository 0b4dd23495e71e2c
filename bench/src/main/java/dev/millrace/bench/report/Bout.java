package dev.millrace.bench.report;

import java.util.Locale;
import java.util.Set;

/** Everything that can be run, by the name that {@code --only} takes. */
public enum Bout {
    COPY_1("`COPY BINARY`, 1 connection, counting bytes"),
    COPY_2("`COPY BINARY`, 2 connections, counting bytes"),
    SELECT_1("binary `SELECT`, 1 connection, counting bytes"),
    SELECT_2("binary `SELECT`, 2 connections, counting bytes"),
    PARQUET("bare Parquet writer, rows from memory"),
    PAIMON_APPEND("bare Paimon writer, append table"),
    PAIMON_KEYED("bare Paimon writer, primary-key table"),
    SNAPSHOT_NOTHING("**Millrace**, snapshot into nothing"),
    SNAPSHOT_PAIMON("**Millrace**, snapshot into Paimon"),
    RECVLOGICAL("`pg_recvlogical` into `/dev/null`"),
    MYSQLBINLOG("`mysqlbinlog --raw` into files"),
    DEBEZIUM("Debezium's engine into nothing"),
    PAIMON_CHANGES("bare Paimon writer, the same changes"),
    STREAM_NOTHING("**Millrace**, backlog into nothing"),
    STREAM_PAIMON("**Millrace**, backlog into Paimon"),
    TRANSACTION_NOTHING("**Millrace**, one transaction into nothing"),
    TRANSACTION_PAIMON("**Millrace**, one transaction into Paimon"),
    START_NOTHING("start, snapshot of no rows into nothing, end"),
    START_PAIMON("start, snapshot of no rows into Paimon, end"),
    RESUME_NOTHING("start from a state, no changes into nothing, end"),
    RESUME_PAIMON("start from a state, no changes into Paimon, end");

    /** Runs of ours that do nothing: what they cost is taken off the others. */
    public static final Set<Bout> STARTS = Set.of(START_NOTHING, START_PAIMON, RESUME_NOTHING, RESUME_PAIMON);

    /** Those for which changes have to be made. */
    public static final Set<Bout> OF_CHANGES =
            Set.of(RECVLOGICAL, MYSQLBINLOG, DEBEZIUM, PAIMON_CHANGES, STREAM_NOTHING, STREAM_PAIMON);

    private final String title;

    Bout(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
