package dev.millrace.source.mysql.types;

/** What the user decided where MySQL's values go beyond what other systems know. */
public record TypePolicy(ZeroDates zeroDates, Times times) {
    public static final TypePolicy STRICT = new TypePolicy(ZeroDates.REFUSE, Times.OF_DAY);

    /** What becomes of dates that are no days: {@code 0000-00-00}, {@code 2024-00-15}, {@code 2023-02-31}. */
    public enum ZeroDates {
        REFUSE,
        NULL
    }

    /** What becomes of {@code TIME}, which goes from -838:59:59 to 838:59:59. */
    public enum Times {
        /** A time of day; values outside a day are refused. */
        OF_DAY,
        /** The text that the server prints. */
        TEXT
    }
}
