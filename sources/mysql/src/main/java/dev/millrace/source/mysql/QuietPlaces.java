package dev.millrace.source.mysql;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.catalog.PendingTransactions;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.snapshot.Epoch;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes places of the log at which no distributed transaction was prepared: one that ends later would be missing. Most end at once, and
 * the next attempt finds none.
 */
final class QuietPlaces {
    private static final Logger LOG = LoggerFactory.getLogger(QuietPlaces.class);
    private static final int ATTEMPTS = 5;
    private static final String PAUSE = "do sleep(0.5)";

    private final ServerSession session;

    QuietPlaces(ServerSession session) {
        this.session = session;
    }

    private record Taken(LogPosition place, PendingTransactions pending) {}

    /** @throws MillraceException to be tried again, where there is one that does not end */
    Epoch epoch(Supplier<Epoch> opening) {
        return quiet(opening, Epoch::pending, Epoch::close, QuietPlaces::doesNotEnd);
    }

    /** Where the log ends now. */
    LogPosition latest() {
        return quiet(() -> take(new LogPlaces(session)::latest), Taken::pending, left -> {}, QuietPlaces::doesNotEnd)
                .place();
    }

    /** A place that may lie before what is prepared now, or behind it: that it ends is of no help then. */
    LogPosition past(Supplier<LogPosition> place) {
        return quiet(() -> take(place), Taken::pending, left -> {}, QuietPlaces::mayLieBefore)
                .place();
    }

    /** Looks on both sides: one may end, or be prepared, between a look and the place. */
    private Taken take(Supplier<LogPosition> place) {
        PendingTransactions before = PendingTransactions.now(session);
        LogPosition taken = place.get();
        return new Taken(taken, before.and(PendingTransactions.now(session)));
    }

    private <T> T quiet(
            Supplier<T> taking,
            Function<T, PendingTransactions> look,
            Consumer<T> leaving,
            Function<PendingTransactions, MillraceException> refusal) {
        for (int attempt = 1; ; attempt++) {
            T taken = taking.get();
            PendingTransactions pending = look.apply(taken);
            if (pending.names().isEmpty()) {
                if (!pending.isKnown()) {
                    LOG.warn("The user may not ask for XA transactions that are prepared (right XA_RECOVER_ADMIN):"
                            + " one that was before now and is committed later is missing, or stops the pipeline");
                }
                return taken;
            }
            leaving.accept(taken);
            if (attempt == ATTEMPTS) {
                throw refusal.apply(pending);
            }
            session.execute(PAUSE);
        }
    }

    private static MillraceException doesNotEnd(PendingTransactions pending) {
        return new MillraceException(
                MySqlError.LOCKED,
                "XA transactions are prepared and do not end: " + pending
                        + ". What they changed is neither in the tables yet nor in the log from here on.",
                "It is tried again. End them: " + pending.howToEnd());
    }

    private static MillraceException mayLieBefore(PendingTransactions pending) {
        return new MillraceException(
                MySqlError.UNSUPPORTED,
                "XA transactions are prepared and do not end: " + pending
                        + ". Where that was before the place from which the log is to be read, what they changed is not in it.",
                "End them: " + pending.howToEnd()
                        + " Then begin with a snapshot or 'latest-offset', or at a place before they were prepared.");
    }
}
