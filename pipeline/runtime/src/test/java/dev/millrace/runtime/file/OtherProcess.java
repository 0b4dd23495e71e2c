package dev.millrace.runtime.file;

import java.io.BufferedReader;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process of its own that does something with a folder, and says how that went. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private OtherProcess(String what, Path folder) throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        what,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        answers = process.inputReader();
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "own" -> FileOwnership.acquire(folder, "another process").close();
            case "ask" -> System.out.println(FileOwnership.ownerOf(folder).orElse("nobody"));
            default -> {
                try (FileChannel file = FileChannel.open(folder.resolve(".owner"), StandardOpenOption.READ)) {
                    System.out.println(file.lock(Long.MAX_VALUE - 1, 1, true).isValid());
                    System.in.read();
                }
            }
        }
    }

    static boolean mayOwn(Path folder) throws Exception {
        try (OtherProcess other = new OtherProcess("own", folder)) {
            return other.process.waitFor() == 0;
        }
    }

    static String ownerOf(Path folder) throws Exception {
        try (OtherProcess other = new OtherProcess("ask", folder)) {
            return other.answers.readLine();
        }
    }

    /** Is in the middle of its look at the owner until it is closed. */
    static OtherProcess looking(Path folder) throws Exception {
        OtherProcess other = new OtherProcess("look", folder);
        if (!"true".equals(other.answers.readLine())) {
            throw new IllegalStateException("could not look");
        }
        return other;
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
