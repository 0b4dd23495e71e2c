package dev.millrace.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * PostgreSQL's programs unpacked: a folder with {@code bin}, {@code lib} and {@code share}, made once and kept for
 * later runs.
 */
record PostgresPrograms(Path home) {
    /** A file lock is held by the whole JVM, so the threads of one JVM need a lock of their own. */
    private static final Lock ONE_AT_A_TIME = new ReentrantLock();

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /**
     * The unpacked archive, from the cache where an earlier run left it. Several processes may ask at once: one
     * unpacks, the others wait. A folder that is there is complete, because it gets its name last.
     */
    static PostgresPrograms of(PostgresArchive archive, Path cache) {
        ONE_AT_A_TIME.lock();
        try {
            Path home = cache.resolve(archive.version() + "-" + fingerprint(archive));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(cache);
                Path lockFile = cache.resolve(home.getFileName() + ".lock");
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    unpack(archive, home, held);
                }
            }
            return new PostgresPrograms(home);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack PostgreSQL " + archive.version() + " into " + cache, e);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static void unpack(PostgresArchive archive, Path home, FileLock held) throws IOException {
        if (!held.isValid() || Files.isDirectory(home)) {
            return;
        }
        Path partial = home.resolveSibling(home.getFileName() + ".partial");
        FileTrees.delete(partial);
        try (InputStream packed = archive.open()) {
            TarXz.unpack(packed, partial);
        }
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
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
