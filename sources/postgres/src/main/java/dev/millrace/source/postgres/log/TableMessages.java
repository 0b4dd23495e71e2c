package dev.millrace.source.postgres.log;

import dev.millrace.model.SchemaChanged;
import dev.millrace.schema.SchemaChange;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.ChangeOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the messages that concern tables, of transactions that have committed, into one open batch a table. */
final class TableMessages {
    /** Roughly what a cell takes besides its bytes in the message. */
    private static final int CELL_BYTES = 4;

    private final Map<Integer, TableChanges> tables = new HashMap<>();
    private final Set<TableChanges> open = new LinkedHashSet<>();
    private final Message message = new Message();
    private final Tuple old = new Tuple();
    private final Tuple row = new Tuple();
    private CommittedTransaction transaction = CommittedTransaction.NONE;
    private int lastOid;
    private @Nullable TableChanges last;
    private long bytes;

    TableMessages(LogSplit.Target target) {
        for (PgTable table : target.tables()) {
            tables.put(table.oid(), new TableChanges(table, target.skips().forTable(table.oid())));
        }
    }

    /** The messages that follow are of this transaction. */
    void begin(CommittedTransaction next) {
        transaction = next;
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

    void read(byte[] source, int start, int end, ChangeOutput output) {
        message.reset(source, start, end);
        byte kind = message.int1();
        switch (kind) {
            case 'I' -> insert(source);
            case 'U' -> update(source);
            case 'D' -> delete(source);
            case 'R' -> relation();
            case 'T' -> truncate(output);
            case 'Y', 'O', 'M' -> {}
            default -> throw MalformedMessage.ofKind(kind);
        }
        bytes += end - start;
    }

    private void insert(byte[] source) {
        TableChanges table = table(message.int4());
        expect('N');
        row.read(message, table.columns());
        table.insert(source, row);
        added(table);
    }

    private void update(byte[] source) {
        TableChanges table = table(message.int4());
        byte kind = message.int1();
        boolean hasOld = kind != 'N';
        if (hasOld) {
            old.read(message, table.columns());
            expect('N');
        }
        row.read(message, table.columns());
        table.update(source, hasOld ? old : null, kind == 'O', row);
        added(table);
    }

    private void delete(byte[] source) {
        TableChanges table = table(message.int4());
        boolean full = message.int1() == 'O';
        old.read(message, table.columns());
        table.delete(source, old, full);
        added(table);
    }

    private void expect(char kind) {
        byte found = message.int1();
        if (found != kind) {
            throw MalformedMessage.of("a row of kind " + (found & 0xff));
        }
    }

    private void added(TableChanges table) {
        if (table.rows() > 0) {
            open.add(table);
        }
        bytes += (long) CELL_BYTES * table.columns();
    }

    private void truncate(ChangeOutput output) {
        int count = message.int4();
        message.skip(1);
        List<TableChanges> truncated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            truncated.add(table(message.int4()));
        }
        flush(output);
        for (TableChanges table : truncated) {
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
        found.begin(transaction);
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
        List<String> names = new ArrayList<>();
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            message.skip(1);
            names.add(message.text());
            types[i] = message.int4();
            message.skip(4);
        }
        changes.describe(RelationColumns.of(changes.table(), names, types));
    }
}
