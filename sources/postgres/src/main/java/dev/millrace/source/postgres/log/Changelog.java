package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.SchemaChanged;
import dev.millrace.schema.SchemaChange;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.ChangeOutput;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the messages of committed transactions, one after the other, into one open batch a table. */
final class Changelog {
    /** Roughly what a cell takes besides its bytes in the message. */
    private static final int CELL_BYTES = 4;

    private final Map<Integer, TableChanges> tables = new HashMap<>();
    private final Set<TableChanges> open = new LinkedHashSet<>();
    private final Message message = new Message();
    private final Tuple old = new Tuple();
    private final Tuple row = new Tuple();
    private int lastOid;
    private @Nullable TableChanges last;

    private long number;
    private long xid;
    private long commitMicros;
    private long commitPlace;
    private boolean inTransaction;
    private long endPlace;
    private long bytes;

    Changelog(LogSplit split) {
        for (PgTable table : split.target().tables()) {
            tables.put(table.oid(), new TableChanges(table, split.target().skips().forTable(table.oid())));
        }
        endPlace = split.startPlace();
    }

    boolean inTransaction() {
        return inTransaction;
    }

    /** Behind the last transaction that was read whole. */
    long endPlace() {
        return endPlace;
    }

    /** Nothing commits before this place any more. */
    void reached(long place) {
        if (!inTransaction && Long.compareUnsigned(place, endPlace) > 0) {
            endPlace = place;
        }
    }

    /** When the last transaction committed, in microseconds since the epoch; 0 before the first. */
    long commitMicros() {
        return commitMicros;
    }

    /** About how many bytes the open batches take. Counted by messages: to walk all open columns every few rows is dear. */
    long byteSize() {
        return bytes;
    }

    void flush(ChangeOutput output) {
        for (TableChanges table : open) {
            output.emit(table.build());
        }
        open.clear();
        bytes = 0;
    }

    void read(byte[] source, int offset, ChangeOutput output) {
        message.reset(source, offset);
        byte kind = message.int1();
        switch (kind) {
            case 'I' -> insert(source);
            case 'U' -> update(source);
            case 'D' -> delete(source);
            case 'B' -> begin();
            case 'C' -> commit();
            case 'R' -> relation();
            case 'T' -> truncate(output);
            case 'Y', 'O', 'M' -> {}
            default -> throw MalformedMessage.ofKind(kind);
        }
    }

    private void begin() {
        commitPlace = message.int8();
        commitMicros = message.int8() + LogStream.EPOCH_MICROS;
        xid = message.int4() & 0xffff_ffffL;
        number++;
        inTransaction = true;
    }

    private void commit() {
        message.skip(1 + 8);
        endPlace = message.int8();
        inTransaction = false;
    }

    private void insert(byte[] source) {
        TableChanges table = table(message.int4());
        message.skip(1);
        row.read(message);
        table.insert(source, row);
        added(table);
    }

    private void update(byte[] source) {
        TableChanges table = table(message.int4());
        byte kind = message.int1();
        boolean full = kind == 'O';
        boolean hasOld = kind != 'N';
        if (hasOld) {
            old.read(message);
            message.skip(1);
        }
        row.read(message);
        table.update(source, hasOld ? old : null, full, row);
        added(table);
    }

    private void delete(byte[] source) {
        TableChanges table = table(message.int4());
        boolean full = message.int1() == 'O';
        old.read(message);
        table.delete(source, old, full);
        added(table);
    }

    private void added(TableChanges table) {
        if (table.rows() > 0) {
            open.add(table);
        }
        bytes += message.length() + (long) CELL_BYTES * table.table().columns().size();
    }

    private void truncate(ChangeOutput output) {
        int count = message.int4();
        message.skip(1);
        flush(output);
        for (int i = 0; i < count; i++) {
            TableChanges table = table(message.int4());
            if (!table.truncationIsContained()) {
                output.emit(new SchemaChanged(
                        new SchemaChange.TruncateTable(table.table().id())));
            }
        }
    }

    private TableChanges table(int oid) {
        TableChanges found = last;
        if (found == null || oid != lastOid) {
            found = tables.get(oid);
            if (found == null) {
                throw MalformedMessage.of("a change of relation " + oid + ", which is not captured");
            }
            last = found;
            lastOid = oid;
        }
        found.begin(number, xid, commitMicros, commitPlace);
        return found;
    }

    private void relation() {
        TableChanges changes = tables.get(message.int4());
        if (changes == null) {
            return;
        }
        message.text();
        message.text();
        message.skip(1);
        int count = message.int2();
        String[] names = new String[count];
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            message.skip(1);
            names[i] = message.text();
            types[i] = message.int4();
            message.skip(4);
        }
        changes.cells(order(changes.table(), List.of(names), types));
    }

    private int[] order(PgTable table, List<String> names, int[] types) {
        int[] order = new int[table.columns().size()];
        for (int i = 0; i < order.length; i++) {
            PgColumn column = table.columns().get(i);
            order[i] = names.indexOf(column.name());
            if (order[i] < 0 || types[order[i]] != column.type().oid() || names.size() != order.length) {
                throw new MillraceException(
                        PostgresError.SCHEMA,
                        "Table " + table.id() + " was changed before the transaction at " + Slots.text(commitPlace) + ": it has the columns "
                                + String.join(", ", names) + " now, and column " + column.name() + " is not among them as it was.",
                        "Undo the change at the source, or drop the pipeline's state ('cdc drop') and start anew.");
            }
        }
        return order;
    }
}
