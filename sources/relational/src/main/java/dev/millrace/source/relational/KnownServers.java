package dev.millrace.source.relational;

import dev.millrace.error.MillraceException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Which servers this process has talked to. A pipeline without state whose server never answered has most likely the wrong
 * address, and somebody waits for the answer; a server that did answer will do so again. Safe for any thread.
 */
public final class KnownServers {
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final UnaryOperator<MillraceException> atFirst;

    /** @param atFirst what a failure to connect is where no server ever answered: one that no restart mends */
    public KnownServers(UnaryOperator<MillraceException> atFirst) {
        this.atFirst = atFirst;
    }

    /**
     * Opens a session.
     *
     * @param address of the server, for people
     */
    public <S> S connect(String address, Supplier<S> opening) {
        try {
            S session = opening.get();
            reached.add(address);
            return session;
        } catch (MillraceException e) {
            throw reached.contains(address) ? e : atFirst.apply(e);
        }
    }
}
