package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.SchemaChanged;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.event.EventReader;
import dev.millrace.source.mysql.event.LogEvent;
import dev.millrace.source.mysql.event.RowsEvent;
import dev.millrace.source.mysql.event.TableMap;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.TransactionId;
import dev.millrace.spi.ChangeOutput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of the log. Rows go into one open batch a table; what was read is counted at the ends of transactions, and
 * between two of them there is a position to go on from.
 */
final class Changelog implements AutoCloseable {
    private static final long MICROS = 1_000_000;

    private final TrackedTables tables;
    private final StatementEffects statements;
    private final PreparedTransactions prepared;
    private final LogPosition start;
    private final LogMark mark;
    private final OpenBatches open = new OpenBatches();
    private @Nullable TableMap lastMap;
    private @Nullable TableChanges last;

    private @Nullable Transaction transaction;
    /** Whether the transaction ends with an event of its own. */
    private boolean isOpen;

    private boolean passedOver;
    /** Whether rows of captured tables were read of the transaction. */
    private boolean hasRows;

    Changelog(
            LogPosition start,
            LogMark mark,
            TrackedTables tables,
            StatementEffects statements,
            PreparedTransactions prepared) {
        this.start = start;
        this.mark = mark;
        this.tables = tables;
        this.statements = statements;
        this.prepared = prepared;
    }

    /** Whether {@link #mark} is a position: between two transactions, and once the server's files are known. */
    boolean hasPosition() {
        return transaction == null && mark.hasPlace();
    }

    LogMark mark() {
        return mark;
    }

    /** Whether everything up to the split's end was read. */
    boolean hasEnded() {
        return transaction == null && mark.hasEnded();
    }

    /** Bytes of the open batches, about. */
    long byteSize() {
        return open.byteSize();
    }

    void flush(ChangeOutput output) {
        open.flush(output);
    }

    void read(LogEvent event, EventReader from, ChangeOutput output) {
        switch (event) {
            case LogEvent.Begin begin ->
                begin(
                        new TransactionId.MySql(begin.source(), begin.number(), mark.next()),
                        begin.number(),
                        begin.commitMicros() != 0 ? begin.commitMicros() : from.seconds() * MICROS);
            case LogEvent.AnonymousBegin begin ->
                begin(
                        new TransactionId.Anonymous(mark.next()),
                        mark.number() + 1,
                        begin.commitMicros() != 0 ? begin.commitMicros() : from.seconds() * MICROS);
            case LogEvent.MariaDbBegin begin -> {
                begin(
                        new TransactionId.MariaDb(begin.gtid(), mark.next()),
                        begin.gtid().sequence(),
                        from.seconds() * MICROS);
                isOpen = !begin.alone();
            }
            case LogEvent.Rotation rotation -> {
                mark.rotated(rotation.file(), rotation.offset());
                reached();
                return;
            }
            default -> {}
        }
        mark.passed(from.nextOffset());
        switch (event) {
            case RowsEvent rows -> add(rows);
            case LogEvent.PartialUpdate update -> requireOther(update.table());
            case LogEvent.Commit commit -> end();
            case LogEvent.XaPrepare prepare -> prepare(prepare.commits());
            case LogEvent.Statement statement -> read(statement, from, output);
            default -> reached();
        }
    }

    private void begin(TransactionId id, long sourceNumber, long micros) {
        if (transaction != null) {
            throw ProtocolFailure.of("A transaction begins at " + id.begin() + " where the one that began at "
                    + transaction.logged().begin() + " has not ended");
        }
        isOpen = false;
        hasRows = false;
        passedOver = id instanceof TransactionId.MySql && start.contains(id);
        // Clocks may be set back, and MariaDB tells when the last statement began.
        transaction = new Transaction(id, mark.number() + 1, sourceNumber, Math.max(micros, mark.commitMicros()));
    }

    private void end() {
        mark.ended(ended(), !passedOver);
    }

    private Transaction ended() {
        Transaction ended = transaction;
        if (ended == null) {
            throw ProtocolFailure.of("A transaction ends at " + mark.next() + " where none had begun");
        }
        transaction = null;
        return ended;
    }

    /** The first half of a distributed transaction ended. */
    private void prepare(boolean commits) {
        Transaction current = transaction;
        if (commits || passedOver || current == null) {
            prepared.takeOpen().ifPresent(this::replay);
            end();
        } else if (prepared.isOpen()) {
            boolean kept = prepared.prepare(current.logged());
            if (kept) {
                mark.keptAside(ended().logged());
            } else {
                end();
            }
        } else if (hasRows) {
            throw PreparedTransactions.unsupported(current.logged());
        } else {
            end();
        }
    }

    private void replay(KeptRows rows) {
        try (rows) {
            rows.forEach(this::add);
        }
    }

    private void commitPrepared(String name, boolean commits) {
        Transaction current = transaction;
        if (current != null && !passedOver) {
            Optional<PreparedTransactions.Prepared> known = prepared.take(name);
            if (known.isPresent()) {
                if (commits) {
                    replay(known.get().rows());
                } else {
                    known.get().rows().close();
                }
                mark.finished(known.get().id());
            } else if (commits && current.logged() instanceof TransactionId.MySql) {
                throw PreparedTransactions.unknown(current.logged(), name);
            }
        }
        end();
    }

    private void rollBack(boolean ends) {
        Transaction current = transaction;
        if (hasRows && current != null) {
            throw new MillraceException(
                    MySqlError.UNSUPPORTED,
                    "Rows of captured tables are rolled back in the log, at "
                            + current.logged().begin() + ": the transaction also changed what can't be rolled back.",
                    "Do not mix tables of engines with and without transactions in one transaction; then 'cdc drop', remove the"
                            + " tables from the sink and start anew.");
        }
        if (ends) {
            end();
        }
    }

    private void reached() {
        if (transaction == null) {
            mark.moved();
        }
    }

    private void add(RowsEvent rows) {
        Transaction current = transaction;
        if (current == null) {
            throw ProtocolFailure.of("Rows come outside of a transaction, before " + mark.next());
        }
        TableChanges table = passedOver ? null : table(rows.table());
        if (table == null) {
            return;
        }
        hasRows = true;
        if (prepared.isOpen()) {
            prepared.add(rows);
            return;
        }
        int count = table.add(rows, current);
        if (table.hasRows()) {
            open.grown(table, rows.end() - rows.start() + (long) count * table.rowOverhead());
        }
    }

    private void requireOther(TableMap map) {
        TableChanges table = passedOver ? null : table(map);
        if (table != null && (transaction == null || !table.isContained(transaction))) {
            throw new MillraceException(
                    MySqlError.UNSUPPORTED,
                    "The log tells by parts how JSON in " + table.table().id() + " was updated, before " + mark.next()
                            + ".",
                    "Set binlog_row_value_options to the empty string, also for sessions that set it for themselves; then drop the"
                            + " pipeline ('cdc drop'), remove its tables from the sink and start anew.");
        }
    }

    private @Nullable TableChanges table(TableMap map) {
        if (!map.equals(lastMap)) {
            lastMap = map;
            last = tables.named(map.database(), map.table());
        }
        return last;
    }

    private void read(LogEvent.Statement statement, EventReader from, ChangeOutput output) {
        TransactionWord word = TransactionWord.of(statement.text());
        if (transaction == null) {
            begin(new TransactionId.Anonymous(mark.next()), mark.number() + 1, from.seconds() * MICROS);
        }
        switch (word) {
            case BEGIN -> isOpen = true;
            case COMMIT -> end();
            case ROLLBACK -> rollBack(true);
            case ROLLBACK_TO -> rollBack(false);
            case XA_START -> {
                isOpen = true;
                prepared.start(TransactionWord.xid(statement.text()));
            }
            case XA_COMMIT, XA_ROLLBACK ->
                commitPrepared(TransactionWord.xid(statement.text()), word == TransactionWord.XA_COMMIT);
            case INSIDE -> {}
            case NONE -> {
                Transaction current = transaction;
                if (current != null && !passedOver) {
                    take(statement, current, output);
                }
                if (!isOpen) {
                    end();
                }
            }
        }
    }

    private void take(LogEvent.Statement statement, Transaction current, ChangeOutput output) {
        for (TableId truncated : statements.truncatedBy(statement, current, this::isContained)) {
            TableChanges table = tables.of(truncated);
            if (table != null && table.isPartlyContained(current)) {
                throw truncatedBetweenEpochs(truncated, current);
            }
            flush(output);
            output.emit(new SchemaChanged(new SchemaChange.TruncateTable(truncated)));
        }
    }

    /** Whether the snapshot holds what the transaction does to the table. */
    private boolean isContained(TableId id) {
        TableChanges table = tables.of(id);
        return table != null && transaction != null && table.isContained(transaction);
    }

    /** Some rows of the table were read before, and some after: emptying it would take the later ones away, too. */
    private static MillraceException truncatedBetweenEpochs(TableId table, Transaction current) {
        return new MillraceException(
                MySqlError.SCHEMA,
                "Table " + table + " was truncated at " + current.logged().begin()
                        + ", between two parts of its snapshot, which was interrupted.",
                "Name the table in 'tables.exclude' for one run, which a checkpoint ends, and then no more: it is read anew.");
    }

    @Override
    public void close() {
        prepared.close();
    }
}
