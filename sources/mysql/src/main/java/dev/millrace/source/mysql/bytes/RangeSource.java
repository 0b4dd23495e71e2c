package dev.millrace.source.mysql.bytes;

/** Ranges of bytes, one after the other. A range's bytes are those of the buffer until the next one is asked for. */
public interface RangeSource {
    /**
     * Goes to the next range, and waits for it where it has to come first.
     *
     * @return false where there is none
     */
    boolean next();

    byte[] buffer();

    int start();

    /** Exclusive. */
    int end();
}
