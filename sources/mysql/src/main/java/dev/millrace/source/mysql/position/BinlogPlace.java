package dev.millrace.source.mysql.position;

/** A place in one server's log by its files. */
public record BinlogPlace(String file, long offset) {
    /** Where the first event of a file is, behind four bytes that mark it as a log. */
    public static final long FIRST = 4;

    public BinlogPlace {
        if (offset < FIRST) {
            throw new IllegalArgumentException("no event begins at " + offset + " of " + file);
        }
    }

    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
