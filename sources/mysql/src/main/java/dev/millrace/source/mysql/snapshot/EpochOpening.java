package dev.millrace.source.mysql.snapshot;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.catalog.LogHead;
import dev.millrace.source.mysql.catalog.PendingTransactions;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions that all see one state whose place in the log is known exactly. On MariaDB each session knows its own place, and
 * where all are the same no write was held up. Otherwise, and on MySQL, writes are held while the sessions take their
 * state: some milliseconds, after a wait that is bounded, because others wait behind it.
 */
public final class EpochOpening {
    private static final Logger LOG = LoggerFactory.getLogger(EpochOpening.class);
    private static final int ATTEMPTS = 5;
    private static final int LOCK_WAIT_SECONDS = 1;
    /** What a server may be set to for all sessions must not change or end what is read here. */
    private static final String READER =
            "set session time_zone = '+00:00', character_set_results = null, sql_mode = '', wait_timeout = 86400,"
                    + " net_write_timeout = 3600, sql_select_limit = default, sql_big_selects = 1, ";

    private static final String OF_MYSQL = READER + "transaction_isolation = 'REPEATABLE-READ', max_execution_time = 0";
    private static final String OF_MARIADB = READER + "tx_isolation = 'REPEATABLE-READ', max_statement_time = 0";

    private final Supplier<ServerSession> sessions;
    private final Locking locking;

    /** @param sessions opens a session with the server */
    public EpochOpening(Supplier<ServerSession> sessions, Locking locking) {
        this.sessions = sessions;
        this.locking = locking;
    }

    /**
     * @param tables the quoted names of those that will be read: the state is exact for these
     * @throws MillraceException where a long statement does not let writes be held, or a right is missing
     */
    public Epoch open(int count, List<String> tables) {
        List<ServerSession> readers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSession reader = sessions.get();
                readers.add(reader);
                reader.execute(reader.greeting().isMariaDb() ? OF_MARIADB : OF_MYSQL);
            }
            if (readers.getFirst().greeting().isMariaDb()) {
                letTablesGo(readers);
            }
            return locking == Locking.AUTO && readers.getFirst().greeting().isMariaDb()
                    ? withoutLock(readers, tables)
                    : underLock(readers, tables);
        } catch (RuntimeException e) {
            readers.forEach(ServerSession::close);
            throw e;
        }
    }

    /** MariaDB keeps the tables that a transaction has read against changes of their shape until it ends, if it may write to the log. */
    private static void letTablesGo(List<ServerSession> readers) {
        try {
            readers.forEach(reader -> reader.execute("set session sql_log_bin = 0"));
        } catch (MillraceException refused) {
            if (refused.code() != MySqlError.PRIVILEGE) {
                throw refused;
            }
            LOG.info("The snapshot holds up ALTER TABLE and TRUNCATE of tables that it has read until it ends;"
                    + " with the right BINLOG ADMIN it would not");
        }
    }

    private Epoch withoutLock(List<ServerSession> readers, List<String> tables) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            PendingTransactions before = PendingTransactions.now(readers.getFirst());
            readers.forEach(EpochOpening::takeState);
            LogHead head = LogHead.ofSnapshot(readers.getFirst());
            if (readers.stream().allMatch(reader -> LogHead.ofSnapshot(reader).equals(head))) {
                PendingTransactions pending = before.and(PendingTransactions.now(readers.getLast()));
                return new Epoch(readers, head.place(), head.after(), pending, 0);
            }
        }
        return underLock(readers, tables);
    }

    private Epoch underLock(List<ServerSession> readers, List<String> tables) {
        try (ServerSession holder = sessions.get()) {
            holder.execute("set session lock_wait_timeout = " + LOCK_WAIT_SECONDS);
            holdWrites(holder, tables);
            long start = System.nanoTime();
            readers.forEach(EpochOpening::takeState);
            LogHead head = LogHead.now(holder);
            PendingTransactions pending = PendingTransactions.now(holder);
            holder.execute("unlock tables");
            long held = System.nanoTime() - start;
            LOG.info(
                    "Writes were held for {} ms while the snapshot took its state at {}",
                    held / 1_000_000,
                    head.place());
            return new Epoch(readers, head.place(), head.after(), pending, held);
        }
    }

    private void holdWrites(ServerSession holder, List<String> tables) {
        if (locking == Locking.TABLE) {
            hold(holder, lock(tables));
            return;
        }
        try {
            hold(holder, "flush tables with read lock");
        } catch (MillraceException refused) {
            // Some managed servers answer as if the login were wrong.
            boolean notAllowed = refused.code() == MySqlError.PRIVILEGE || refused.code() == MySqlError.LOGIN;
            if (locking == Locking.GLOBAL || !notAllowed || tables.isEmpty()) {
                throw refused;
            }
            hold(holder, lock(tables));
        }
    }

    /** A transaction that has written to one of them keeps its own lock on it until it is in the log and all can see it. */
    private static String lock(List<String> tables) {
        return tables.stream().collect(Collectors.joining(" read, ", "lock tables ", " read"));
    }

    /** While it waits for a long statement, writes wait behind it: so it waits shortly, and lets them pass before the next attempt. */
    private static void hold(ServerSession holder, String statement) {
        for (int attempt = 1; ; attempt++) {
            try {
                holder.execute(statement);
                return;
            } catch (MillraceException refused) {
                if (refused.code() != MySqlError.LOCKED) {
                    throw refused;
                }
                if (attempt == ATTEMPTS) {
                    throw new MillraceException(
                            MySqlError.LOCKED,
                            "Writes could not be held for the snapshot in " + ATTEMPTS + " attempts of "
                                    + LOCK_WAIT_SECONDS
                                    + " s: a statement or transaction that runs for long holds a table.",
                            "Find it in 'show full processlist' or 'xa recover', and start again when it has ended.",
                            refused);
                }
            }
        }
    }

    private static void takeState(ServerSession reader) {
        reader.execute("start transaction with consistent snapshot, read only");
    }
}
