package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.event.RowsEvent;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.TransactionId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Distributed transactions that are prepared and not yet committed. Their rows are kept aside, and their ids are left out of what was
 * read: a restart is sent them again. That needs MySQL's sets of ids, which may have holes.
 */
final class PreparedTransactions implements AutoCloseable {
    private final Path folder;
    private final long memory;
    private final Map<String, Prepared> byName = new LinkedHashMap<>();
    private @Nullable String openName;
    private @Nullable KeptRows open;

    record Prepared(TransactionId id, KeptRows rows) {}

    PreparedTransactions(Path folder, long memory) {
        this.folder = folder;
        this.memory = memory;
    }

    boolean isOpen() {
        return open != null;
    }

    void start(String name) {
        openName = name;
        open = new KeptRows(folder, memory);
    }

    void add(RowsEvent rows) {
        if (open != null) {
            open.add(rows);
        }
    }

    /** The rows of the one that is open, which is not prepared but committed. */
    Optional<KeptRows> takeOpen() {
        Optional<KeptRows> rows = Optional.ofNullable(open);
        open = null;
        return rows;
    }

    /**
     * The one that is open is prepared.
     *
     * @return whether it was kept; it need not be where nothing of it is captured and a restart can't be sent it again
     */
    boolean prepare(TransactionId id) {
        KeptRows rows = open;
        String name = openName;
        open = null;
        if (rows == null || name == null) {
            return false;
        }
        if (id instanceof TransactionId.MySql) {
            byName.put(name, new Prepared(id, rows));
            return true;
        }
        if (!rows.isEmpty()) {
            throw unsupported(id);
        }
        return false;
    }

    Optional<Prepared> take(String name) {
        return Optional.ofNullable(byName.remove(name));
    }

    /** With those that are prepared, as if they had been read. */
    LogStart with(LogStart read) {
        if (byName.isEmpty() || !(read instanceof LogStart.After after)) {
            return read;
        }
        GtidSet all = after.executed();
        for (Prepared prepared : byName.values()) {
            if (prepared.id() instanceof TransactionId.MySql id) {
                all = all.with(id.source(), id.number());
            }
        }
        return new LogStart.After(all);
    }

    static MillraceException unsupported(TransactionId id) {
        return new MillraceException(
                MySqlError.UNSUPPORTED,
                "The transaction at " + id.begin()
                        + " changed captured tables and was prepared by XA PREPARE: without MySQL's"
                        + " GTIDs what was prepared can't be read again after a restart.",
                "Change the captured tables outside of XA transactions, or, on MySQL, set gtid_mode=ON; then 'cdc drop', remove"
                        + " the tables from the sink and start anew.");
    }

    static MillraceException unknown(TransactionId id, String name) {
        return new MillraceException(
                MySqlError.UNSUPPORTED,
                "The transaction at " + id.begin() + " commits the XA transaction " + name
                        + ", which was prepared before the pipeline began to read: what it changed is not known.",
                "See that XA RECOVER lists nothing; then 'cdc drop', remove the tables from the sink and start anew.");
    }

    @Override
    public void close() {
        byName.values().forEach(prepared -> prepared.rows().close());
        byName.clear();
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
