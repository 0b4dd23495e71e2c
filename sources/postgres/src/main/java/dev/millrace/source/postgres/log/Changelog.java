package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.SchemaChanged;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.failure.WayOut;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogEnd;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.ChangeOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of {@code pgoutput}. Rows of committed transactions go into one open batch a table; parts of
 * transactions in progress are kept aside and read once they have committed. Places only ever grow.
 */
final class Changelog implements AutoCloseable {
    /** Microseconds from 1970 to 2000, where the server's clock begins. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private final Map<Integer, TableChanges> tables = new HashMap<>();
    /** Relations that bear the name of a captured table and are another: it was dropped and made again. */
    private final Map<Integer, TableId> impostors = new HashMap<>();

    private final List<PgTable> described = new ArrayList<>();
    private final StreamedTransactions streamed;
    private final long startPlace;
    private final long stopPlace;
    private final Message message = new Message();
    private final Tuple old = new Tuple();
    private final Tuple row = new Tuple();
    private Set<TableChanges> open = new LinkedHashSet<>();
    private Set<TableChanges> openBefore = new LinkedHashSet<>();
    private int lastOid;
    private @Nullable TableChanges last;

    private Transaction transaction = Transaction.NONE;
    private boolean inTransaction;
    private boolean passedOver;
    private @Nullable Spool replayed;
    private long replayedEnd;
    private boolean stopped;
    private long place;
    private long openBytes;

    /**
     * @param spillFolder for transactions in progress that are too large for memory
     * @param batchBytes  about how large a batch is to be
     */
    Changelog(LogSplit split, Path spillFolder, long batchBytes) {
        for (PgTable table : split.target().tables()) {
            tables.put(
                    table.oid(), new TableChanges(table, split.target().skips().forTable(table.oid())));
        }
        streamed = new StreamedTransactions(spillFolder, batchBytes);
        startPlace = split.startPlace();
        stopPlace = split.end().map(LogEnd::place).orElse(-1L);
        place = startPlace;
    }

    /** Everything that committed before this place was read, except for the transaction that is being read. */
    long place() {
        return place;
    }

    /** Whether no transaction is being read; those that are kept aside come again after a restart from here. */
    boolean isBetweenTransactions() {
        return !inTransaction;
    }

    /** Whether everything up to the split's end was read. */
    boolean hasEnded() {
        return stopped || !inTransaction && Long.compareUnsigned(place, stopPlace) >= 0;
    }

    /** The server has sent everything that commits before this place. */
    void reached(long reached) {
        if (!inTransaction && Long.compareUnsigned(reached, place) > 0) {
            place = reached;
        }
    }

    /** When the last transaction committed, in microseconds since the epoch; 0 before the first. */
    long commitMicros() {
        return transaction.commitMicros();
    }

    /** Bytes of the open batches, about. */
    long byteSize() {
        return openBytes;
    }

    /** The tables that the log has described since the last call: something about them may have changed. */
    List<PgTable> takeDescribed() {
        if (described.isEmpty()) {
            return List.of();
        }
        List<PgTable> taken = List.copyOf(described);
        described.clear();
        return taken;
    }

    void flush(ChangeOutput output) {
        if (open.isEmpty()) {
            return;
        }
        for (TableChanges table : open) {
            output.emit(table.build());
        }
        openBefore.removeAll(open);
        openBefore.forEach(TableChanges::release);
        openBefore.clear();
        Set<TableChanges> empty = openBefore;
        openBefore = open;
        open = empty;
        openBytes = 0;
    }

    /** Whether a transaction that was kept aside has committed and is to be {@linkplain #replay read} before the next message. */
    boolean isReplaying() {
        return replayed != null;
    }

    /** Reads the next message of the transaction that was kept aside. */
    void replay(ChangeOutput output) {
        Spool spool = replayed;
        if (spool == null) {
            return;
        }
        if (!spool.next(message)) {
            spool.close();
            replayed = null;
            endTransaction(replayedEnd);
            return;
        }
        byte kind = message.int1();
        boolean aborted = spool.isAborted(message.int4());
        if (kind == 'R' || !aborted) {
            change(kind, output);
        }
    }

    /** Reads a message. None may come while {@link #isReplaying}. */
    void read(byte[] source, int offset, int length, ChangeOutput output) {
        message.reset(source, offset, length);
        byte kind = message.int1();
        if (streamed.inBlock() && kind != 'E') {
            streamed.add(source, offset, length);
            return;
        }
        switch (kind) {
            case 'B' -> begin(message.int8(), message.int8(), message.int4());
            case 'C' -> {
                message.skip(1 + 8);
                endTransaction(message.int8());
            }
            case 'S' -> streamed.startBlock(message.int4());
            case 'E' -> streamed.endBlock();
            case 'c' -> commitStreamed();
            case 'A' -> streamed.abort(message.int4(), message.int4());
            default -> change(kind, output);
        }
    }

    private void begin(long commitPlace, long serverMicros, int id) {
        if (Long.compareUnsigned(commitPlace, stopPlace) >= 0) {
            reached(stopPlace);
            stopped = true;
            return;
        }
        inTransaction = true;
        passedOver = Long.compareUnsigned(commitPlace, startPlace) < 0;
        transaction = new Transaction(
                transaction.number() + 1, Integer.toUnsignedLong(id), serverMicros + EPOCH_MICROS, commitPlace);
    }

    private void endTransaction(long end) {
        inTransaction = false;
        passedOver = false;
        reached(end);
    }

    private void commitStreamed() {
        int id = message.int4();
        message.skip(1);
        long commitPlace = message.int8();
        replayedEnd = message.int8();
        begin(commitPlace, message.int8(), id);
        Spool spool = streamed.commit(id);
        if (stopped || passedOver) {
            spool.close();
            endTransaction(stopped ? place : replayedEnd);
        } else {
            replayed = spool;
        }
    }

    private void change(byte kind, ChangeOutput output) {
        try {
            changeOf(kind, output);
        } catch (IndexOutOfBoundsException e) {
            throw message.malformed("a value is shorter than its type");
        }
    }

    private void changeOf(byte kind, ChangeOutput output) {
        switch (kind) {
            case 'I' -> insert();
            case 'U' -> update();
            case 'D' -> delete();
            case 'R' -> describe(Relation.read(message));
            case 'T' -> truncate(output);
            case 'Y', 'O', 'M' -> {}
            default -> throw message.malformed("it is of kind " + kind);
        }
    }

    private void insert() {
        TableChanges table = table(message.int4());
        message.skip(1);
        row.read(message);
        if (table != null) {
            table.insert(message.bytes(), row);
            added(table);
        }
    }

    private void update() {
        TableChanges table = table(message.int4());
        byte kind = message.int1();
        boolean hasOld = kind != 'N';
        if (hasOld) {
            old.read(message);
            message.skip(1);
        }
        row.read(message);
        if (table != null) {
            table.update(message.bytes(), hasOld ? old : null, kind == 'O', row);
            added(table);
        }
    }

    private void delete() {
        TableChanges table = table(message.int4());
        boolean full = message.int1() == 'O';
        old.read(message);
        if (table != null) {
            table.delete(message.bytes(), old, full);
            added(table);
        }
    }

    private void added(TableChanges table) {
        if (table.hasRows()) {
            open.add(table);
            openBytes += message.size() + table.rowOverhead();
        }
    }

    private void truncate(ChangeOutput output) {
        int count = message.int4();
        message.skip(1);
        flush(output);
        for (int i = 0; i < count; i++) {
            TableChanges table = table(message.int4());
            if (table != null && !table.truncationIsContained()) {
                output.emit(new SchemaChanged(
                        new SchemaChange.TruncateTable(table.table().id())));
            }
        }
    }

    private void describe(Relation relation) {
        TableChanges table = tables.get(relation.oid());
        if (table != null) {
            table.describe(relation);
            if (!table.isRefused()) {
                described.add(table.table());
            }
            return;
        }
        for (TableChanges tracked : tables.values()) {
            TableId id = tracked.table().id();
            if (id.schema().equals(relation.schema()) && id.name().equals(relation.name())) {
                impostors.put(relation.oid(), id);
            }
        }
    }

    /** The table to put a change into; null where it is not captured, or was read before. */
    private @Nullable TableChanges table(int oid) {
        if (passedOver) {
            return null;
        }
        TableChanges found = last;
        if (found == null || oid != lastOid) {
            found = tables.get(oid);
            if (found == null) {
                refuseImpostor(oid);
                return null;
            }
            last = found;
            lastOid = oid;
        }
        found.enter(transaction);
        return found;
    }

    private void refuseImpostor(int oid) {
        TableId id = impostors.get(oid);
        if (id != null) {
            throw new MillraceException(
                    PostgresError.SCHEMA,
                    "Table " + id + " was dropped and made again before the transaction at "
                            + Slots.text(transaction.commitPlace()) + ".",
                    "Nothing of the transaction was kept. " + WayOut.READ_TABLE_AGAIN);
        }
    }

    @Override
    public void close() {
        if (replayed != null) {
            replayed.close();
            replayed = null;
        }
        streamed.close();
    }
}
