package dev.millrace.source.mysql.position;

/** A place in one server's log by its files, which are numbered. Places of one server are in order. */
public record BinlogPlace(String file, long offset) implements Comparable<BinlogPlace> {
    /** Where the first event of a file is, behind four bytes that mark it as a log. */
    public static final long FIRST = 4;

    public BinlogPlace {
        if (offset < FIRST) {
            throw new IllegalArgumentException("no event begins at " + offset + " of " + file);
        }
    }

    /** By the files' numbers, which have six digits or more. */
    @Override
    public int compareTo(BinlogPlace other) {
        if (file.equals(other.file)) {
            return Long.compare(offset, other.offset);
        }
        int byLength = Integer.compare(file.length(), other.file.length());
        return byLength != 0 ? byLength : file.compareTo(other.file);
    }

    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
