package dev.millrace.source.postgres.failure;

/** Next steps that several errors share. */
public final class WayOut {
    /** Where the log of one table can't be gone on with, and that of the others can. */
    public static final String READ_TABLE_AGAIN =
            "To read this table again and go on with the others: name it in 'tables.exclude' for one run, remove its table from"
                    + " the sink, then run without that line. Or 'cdc drop', remove all tables of the pipeline from the sink, and"
                    + " start anew.";

    private WayOut() {}
}
