package dev.millrace.servers.faults;

import dev.millrace.servers.Programs;
import dev.millrace.servers.ServerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where this user may mount: for root the machine itself, for others a name space of their own, which lives in a process. */
final class MountSpace implements AutoCloseable {
    private final @Nullable Process holder;

    private MountSpace(@Nullable Process holder) {
        this.holder = holder;
    }

    /** @throws ServerException where this user may not have one; the message says what to do */
    static MountSpace open() {
        return System.getProperty("user.name").equals("root") ? new MountSpace(null) : new MountSpace(ownSpace());
    }

    private static Process ownSpace() {
        try {
            Process process = new ProcessBuilder(
                            Programs.find("unshare").toString(), "-Urm", "sh", "-c", "echo ready; exec cat")
                    .redirectErrorStream(true)
                    .start();
            BufferedReader answer = process.inputReader(StandardCharsets.UTF_8);
            String line = answer.readLine();
            if ("ready".equals(line)) {
                return process;
            }
            process.destroyForcibly();
            throw notAllowed(Optional.ofNullable(line).orElse("no answer"), null);
        } catch (IOException e) {
            throw notAllowed(String.valueOf(e.getMessage()), e);
        }
    }

    private static ServerException notAllowed(String why, @Nullable IOException cause) {
        return new ServerException(
                "This test needs a disk of a given size, and this user may not mount one (" + why
                        + "): run the tests as root, or allow user name spaces (kernel.unprivileged_userns_clone=1)",
                cause);
    }

    /** How the rest of the machine sees a folder of this space. */
    Path seen(Path folder) {
        return holder == null ? folder : Path.of("/proc", Long.toString(holder.pid()), "root" + folder);
    }

    void mount(Path folder, String options) {
        execute(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()));
    }

    /** Also while files are open. */
    void unmount(Path folder) {
        execute(List.of("umount", "--lazy", folder.toString()));
    }

    private void execute(List<String> command) {
        List<String> whole = new ArrayList<>();
        if (holder != null) {
            whole.addAll(List.of("nsenter", "-t", Long.toString(holder.pid()), "-U", "-m", "--preserve-credentials"));
        }
        whole.addAll(command);
        Programs.execute(whole);
    }

    @Override
    public void close() {
        if (holder != null) {
            holder.destroyForcibly();
        }
    }
}
