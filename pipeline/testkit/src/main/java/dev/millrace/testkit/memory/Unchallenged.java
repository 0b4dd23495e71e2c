package dev.millrace.testkit.memory;

import dev.millrace.spi.state.Ownership;

/** Ownership where nobody else is there. */
public final class Unchallenged implements Ownership {
    @Override
    public void renew() {
        // nothing to keep
    }

    @Override
    public void close() {
        // nothing to give up
    }
}
