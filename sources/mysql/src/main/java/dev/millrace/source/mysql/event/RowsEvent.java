package dev.millrace.source.mysql.event;

import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.util.Arrays;

/**
 * Rows of one table: images one after the other, of which an update has two a row. One object serves all events of a reader;
 * what it says is valid until the next event.
 */
public final class RowsEvent implements LogEvent {
    /** What happened to the rows. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }

    private static final int END_OF_STATEMENT = 1;
    private Kind kind = Kind.INSERT;
    private TableMap table;
    private int flags;
    private byte[] firstColumns = {};
    private byte[] secondColumns = {};
    private byte[] buffer = {};
    private int start;
    private int end;

    RowsEvent(TableMap nothing) {
        this.table = nothing;
    }

    /** Reads what stands before the images. */
    void read(Kind newKind, TableMap newTable, int newFlags, ByteReader reader) {
        kind = newKind;
        table = newTable;
        flags = newFlags;
        int count = reader.length();
        if (count != table.columns().size()) {
            throw ProtocolFailure.of("The log has rows of " + count + " columns where " + table.database() + "."
                    + table.table() + " was announced with " + table.columns().size());
        }
        firstColumns = columns(reader, count, firstColumns);
        secondColumns = kind == Kind.UPDATE ? columns(reader, count, secondColumns) : firstColumns;
    }

    void images(byte[] newBuffer, int newStart, int newEnd) {
        buffer = newBuffer;
        start = newStart;
        end = newEnd;
    }

    /** The same rows, valid for ever; their images lie in an array of their own, from 0 on. */
    public RowsEvent copy() {
        return withImages(Arrays.copyOfRange(buffer, start, end));
    }

    /** The same, with other bytes as images. */
    public RowsEvent withImages(byte[] bytes) {
        RowsEvent copy = new RowsEvent(table);
        copy.kind = kind;
        copy.flags = flags;
        copy.firstColumns = firstColumns;
        copy.secondColumns = secondColumns;
        copy.images(bytes, 0, bytes.length);
        return copy;
    }

    /** The last event's array, where it holds the same. Servers may set the bits that have no column. */
    private static byte[] columns(ByteReader reader, int count, byte[] last) {
        byte[] bits = reader.bytes((count + 7) / 8);
        if (count % 8 != 0) {
            bits[bits.length - 1] &= (byte) ((1 << count % 8) - 1);
        }
        return Arrays.equals(bits, last) ? last : bits;
    }

    public Kind kind() {
        return kind;
    }

    public TableMap table() {
        return table;
    }

    public boolean endsStatement() {
        return (flags & END_OF_STATEMENT) != 0;
    }

    /** Which columns the only image, or that before an update, has: a bit each, the lowest first. Not to be written to. */
    public byte[] firstColumns() {
        return firstColumns;
    }

    /** Which columns the image after an update has. Not to be written to. */
    public byte[] secondColumns() {
        return secondColumns;
    }

    /** What the images lie in. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the first image begins. */
    public int start() {
        return start;
    }

    /** Where the last image ends. */
    public int end() {
        return end;
    }
}
