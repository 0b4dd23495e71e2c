package dev.millrace.source.mysql.wire;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How connections are protected; names and meaning as in MySQL's own clients.
 *
 * @param authorities PEM file of the authorities to trust; the JVM's own where empty
 */
public record TlsSettings(Mode mode, Optional<Path> authorities) {
    public enum Mode {
        DISABLED,
        /** TLS where the server offers it. */
        PREFERRED,
        REQUIRED,
        /** The certificate comes from an authority that is trusted. */
        VERIFY_CA,
        /** It also names the host. */
        VERIFY_IDENTITY;

        boolean verifies() {
            return compareTo(VERIFY_CA) >= 0;
        }
    }

    public static TlsSettings of(Mode mode) {
        return new TlsSettings(mode, Optional.empty());
    }
}
