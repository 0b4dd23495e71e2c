package dev.millrace.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a PostgreSQL server keeps: its data, its access rules, its log, its Unix socket where the path is short
 * enough.
 */
final class ServerFolder {
    private static final int LOG_TAIL_BYTES = 4_000;
    /** The system's limit for a socket's path is 104 bytes on macOS, and the name in it takes up to 15. */
    private static final int LONGEST_SOCKET_FOLDER = 85;

    private final Path folder;

    ServerFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    static ServerFolder temporary() throws IOException {
        return new ServerFolder(Files.createTempDirectory("millrace-postgres-"));
    }

    Path path() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("server.log");
    }

    Path accessRules() {
        return folder.resolve("pg_hba.conf");
    }

    /** Makes the data folder by initdb where there is none yet; one that is there must be of this major version. */
    void prepare(PostgresPrograms programs, PostgresSettings settings, ServerAccount account) throws IOException {
        Files.createDirectories(folder);
        if (Files.isDirectory(data())) {
            refuseOtherMajor(settings.major());
        } else {
            initialize(programs, settings.access(), account);
        }
        Files.writeString(accessRules(), settings.access().rules());
        if (Files.exists(log())) {
            Files.move(log(), folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        account.give(folder);
    }

    /** The folder for the Unix socket; outside where the path would be too long for one. */
    Path socketFolder(ServerAccount account) throws IOException {
        if (folder.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_FOLDER) {
            return folder;
        }
        Path outside = Files.createTempDirectory(Path.of("/tmp"), "millrace-");
        account.give(outside);
        return outside;
    }

    String logTail() {
        try {
            byte[] all = Files.readAllBytes(log());
            int from = Math.max(0, all.length - LOG_TAIL_BYTES);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    void delete() throws IOException {
        FileTrees.delete(folder);
    }

    private void refuseOtherMajor(int major) throws IOException {
        String found = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!found.equals(Integer.toString(major))) {
            throw new ServerException(data() + " was made by PostgreSQL " + found + ", not by " + major
                    + ". Choose another folder, or delete this one");
        }
    }

    /** Into a folder that gets its name last, so that a run that was killed leaves no half of a data folder. */
    private void initialize(PostgresPrograms programs, PostgresAccess access, ServerAccount account)
            throws IOException {
        Path partial = folder.resolve("data.partial");
        FileTrees.delete(partial);
        Path passwordFile = folder.resolve("password.tmp");
        List<String> command =
                new ArrayList<>(List.of(programs.program("initdb").toString()));
        command.addAll(List.of("-D", partial.toString(), "-U", access.user(), "-A", access.method()));
        command.addAll(List.of("-E", "UTF8", "--no-locale", "--no-sync"));
        if (access.password().isPresent()) {
            Files.createFile(
                    passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, access.password().get());
            command.add("--pwfile=" + passwordFile);
        }
        account.give(folder);
        try {
            Programs.execute(account.command(command));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(partial, data(), StandardCopyOption.ATOMIC_MOVE);
    }
}
