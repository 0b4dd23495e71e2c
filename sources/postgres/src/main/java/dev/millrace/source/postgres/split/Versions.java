package dev.millrace.source.postgres.split;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.spi.VersionedBytes;

/** Refuses state that another release wrote in a way that this one does not know. */
final class Versions {
    private Versions() {}

    static byte[] check(VersionedBytes state, int known) {
        return check(state, known, known);
    }

    /** @param oldest that is still read */
    static byte[] check(VersionedBytes state, int oldest, int known) {
        if (state.version() < oldest || state.version() > known) {
            throw new MillraceException(
                    PostgresError.PROTOCOL,
                    "The state of the PostgreSQL source has version " + state.version()
                            + "; this release knows version " + known + ".",
                    "Use the Millrace release that wrote the state, or a later one.");
        }
        return state.bytes();
    }
}
