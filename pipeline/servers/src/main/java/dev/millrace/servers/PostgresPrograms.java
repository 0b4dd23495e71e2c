package dev.millrace.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * PostgreSQL's programs unpacked: a folder with {@code bin}, {@code lib} and {@code share}, made once and kept for
 * later runs.
 */
record PostgresPrograms(Path home) {
    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** The unpacked archive, from the cache where an earlier run left it. */
    static PostgresPrograms of(PostgresArchive archive, Path cache) {
        try {
            Path home = cache.resolve(archive.version() + "-" + fingerprint(archive));
            CachedFolder.of(home).fillOnce(partial -> {
                try (InputStream packed = archive.open()) {
                    TarXz.unpack(packed, partial);
                }
            });
            return new PostgresPrograms(home);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Could not unpack PostgreSQL " + archive.version() + " into " + cache + "; the variable "
                            + CacheFolder.VARIABLE + " names another folder",
                    e);
        }
    }

    /** Two builds of one version must not share a folder. */
    private static String fingerprint(PostgresArchive archive) throws IOException {
        try (DigestInputStream packed = new DigestInputStream(archive.open(), MessageDigest.getInstance("SHA-256"))) {
            packed.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(packed.getMessageDigest().digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
