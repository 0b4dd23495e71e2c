package dev.millrace.source.postgres.setup;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.connection.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Says from time to time for whom the making of a slot waits. It has a thread of its own: the session that makes the slot
 * hears nothing from the server before the slot is there.
 */
final class SlotWait implements AutoCloseable {
    private final Sessions sessions;
    private final String slot;
    private final Duration every;
    private final Consumer<String> say;
    private final CountDownLatch over = new CountDownLatch(1);

    private SlotWait(Sessions sessions, String slot, Duration every, Consumer<String> say) {
        this.sessions = sessions;
        this.slot = slot;
        this.every = every;
        this.say = say;
    }

    static SlotWait begin(Sessions sessions, String slot, Duration every, Consumer<String> say) {
        SlotWait wait = new SlotWait(sessions, slot, every, say);
        Thread.ofPlatform().name("postgres-slot-wait").daemon().start(wait::run);
        return wait;
    }

    private void run() {
        try {
            while (!over.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        List<OpenTransactions.Open> open;
        try (Connection connection = sessions.sql("slot wait")) {
            open = OpenTransactions.oldest(connection);
        } catch (SQLException | MillraceException e) {
            // The session that waits will hear of it, too.
            return;
        }
        if (!open.isEmpty()) {
            say.accept("The replication slot " + slot
                    + " is made once all transactions that ran before have ended; open are: "
                    + open.stream().map(OpenTransactions.Open::toString).collect(Collectors.joining("; ")));
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
