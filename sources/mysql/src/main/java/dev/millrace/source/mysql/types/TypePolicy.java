package dev.millrace.source.mysql.types;

/**
 * What the user decided where MySQL's values go beyond what other systems know.
 *
 * @param tinyint1AsBoolean whether {@code TINYINT(1)} is a boolean; values other than 0 and 1 are then refused
 */
public record TypePolicy(ZeroDates zeroDates, Times times, boolean tinyint1AsBoolean) {
    public static final TypePolicy STRICT = new TypePolicy(ZeroDates.REFUSE, Times.OF_DAY, false);

    /** The same, but for a column that may not become null. */
    public TypePolicy withoutNulls() {
        return new TypePolicy(ZeroDates.REFUSE, times, tinyint1AsBoolean);
    }

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
