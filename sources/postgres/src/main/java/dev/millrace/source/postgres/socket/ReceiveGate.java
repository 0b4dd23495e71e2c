package dev.millrace.source.postgres.socket;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets a reader wait at the socket that the driver has opened and hides: reading through the driver either does not wait at
 * all, or waits without end.
 */
public final class ReceiveGate implements AutoCloseable {
    /** The driver makes socket factories itself and hands them nothing but a text; this is where they find their gate. */
    private static final Map<String, ReceiveGate> OPEN = new ConcurrentHashMap<>();

    private static final AtomicLong COUNT = new AtomicLong();

    private final String name = Long.toString(COUNT.incrementAndGet());
    private volatile @Nullable GatheringInput input;

    private ReceiveGate() {}

    /** Closed once the session is made: it then goes on to work. */
    public static ReceiveGate open() {
        ReceiveGate gate = new ReceiveGate();
        OPEN.put(gate.name, gate);
        return gate;
    }

    /** A gate for nobody. */
    static ReceiveGate none() {
        return new ReceiveGate();
    }

    static ReceiveGate named(String name) {
        ReceiveGate gate = OPEN.get(name);
        if (gate == null) {
            throw new IllegalArgumentException("no gate of the name " + name);
        }
        return gate;
    }

    String name() {
        return name;
    }

    void attach(GatheringInput opened) {
        input = opened;
    }

    /**
     * Waits until something has arrived, which may be the connection's end.
     *
     * @return false when nothing came within the time; it is kept to a millisecond
     */
    public boolean await(long nanos) throws IOException {
        GatheringInput opened = input;
        return opened == null || opened.await(nanos);
    }

    /** Whether a lot has arrived of late, so that gathering it gains more than the delay costs. */
    public boolean isBehind() {
        GatheringInput opened = input;
        return opened != null && opened.isBehind();
    }

    @Override
    public void close() {
        OPEN.remove(name);
    }
}
