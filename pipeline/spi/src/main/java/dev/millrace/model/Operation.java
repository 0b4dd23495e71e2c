package dev.millrace.model;

/**
 * What a row of a batch says. An update under a source that gives no before image is an {@link #UPDATE_AFTER} alone. A
 * change of the primary key is a {@link #DELETE} of the old key and an {@link #INSERT} of the new one.
 */
public enum Operation {
    INSERT,
    UPDATE_BEFORE,
    UPDATE_AFTER,
    /** Only the key is certain to be there; other cells may be {@linkplain ColumnVector#isUnchanged absent}. */
    DELETE;

    private static final Operation[] BY_CODE = values();

    /** The code by which batches hold it; never stored, so that it may be the ordinal. */
    @SuppressWarnings("EnumOrdinal")
    public byte code() {
        return (byte) ordinal();
    }

    static Operation ofCode(byte code) {
        return BY_CODE[code];
    }
}
