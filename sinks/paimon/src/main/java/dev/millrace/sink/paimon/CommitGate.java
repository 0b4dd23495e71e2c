package dev.millrace.sink.paimon;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.paimon.catalog.CatalogLock;
import org.apache.paimon.catalog.CatalogLockContext;
import org.apache.paimon.catalog.CatalogLockFactory;
import org.apache.paimon.table.CatalogEnvironment;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;

/**
 * What a snapshot of the maintenance has to pass in the moment in which it becomes visible. Once the gate is closed none
 * passes any more, however late the thread that brings it comes out of a slow call. The committer's own snapshots go
 * another way and never wait here.
 */
final class CommitGate {
    private final ReentrantLock passage = new ReentrantLock();
    private volatile boolean closed;

    /** The same table, with commits that go through this gate: Paimon runs the visible step of a commit under a lock. */
    FileStoreTable guard(FileStoreTable table) {
        CatalogEnvironment open = table.catalogEnvironment();
        CatalogEnvironment guarded = new CatalogEnvironment(
                open.identifier(),
                open.uuid(),
                open.catalogLoader(),
                new Passage(),
                open.lockContext(),
                open.catalogContext(),
                open.supportsVersionManagement(),
                false);
        return FileStoreTableFactory.create(table.fileIO(), table.location(), table.schema(), guarded);
    }

    /**
     * Lets nothing through from now on. Called by any thread.
     *
     * @return false where a snapshot was on its way through and did not arrive in time: it may still become visible
     */
    boolean close(Duration patience) {
        closed = true;
        try {
            if (passage.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                passage.unlock();
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private <T> T pass(Callable<T> visibleStep) throws Exception {
        passage.lock();
        try {
            if (closed) {
                throw new IOException("the sink was closed before this snapshot could become visible");
            }
            return visibleStep.call();
        } finally {
            passage.unlock();
        }
    }

    /** Paimon asks a factory for its locks. */
    private final class Passage implements CatalogLockFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public String identifier() {
            return "millrace-maintenance";
        }

        @Override
        public CatalogLock createLock(CatalogLockContext context) {
            return new CatalogLock() {
                @Override
                public <T> T runWithLock(String database, String table, Callable<T> visibleStep) throws Exception {
                    return pass(visibleStep);
                }

                @Override
                public void close() {}
            };
        }
    }
}
