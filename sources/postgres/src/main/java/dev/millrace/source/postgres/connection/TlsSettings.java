package dev.millrace.source.postgres.connection;

import java.util.Optional;

/**
 * How connections are protected; names and meaning as in libpq.
 *
 * @param rootCertificate PEM file of the authorities to trust; the JVM's own where empty
 * @param certificate     PEM file of the client's certificate
 * @param key             PKCS-8 file of its key
 */
public record TlsSettings(
        Mode mode, Optional<String> rootCertificate, Optional<String> certificate, Optional<String> key) {
    public enum Mode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        /** As libpq and the driver spell it. */
        public String spelling() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public static TlsSettings of(Mode mode) {
        return new TlsSettings(mode, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
