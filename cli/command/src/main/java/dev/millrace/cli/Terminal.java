package dev.millrace.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What stands behind the two streams.
 *
 * @param errorsSeen  whether a person sees standard error, where progress and messages go
 * @param resultsSeen whether a person sees standard output
 * @param color       whether to use colour; never where {@code NO_COLOR} is set
 * @param width       in columns
 */
record Terminal(boolean errorsSeen, boolean resultsSeen, boolean color, int width) {
    private static final int DEFAULT_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;

    /** No person, only files and pipes. */
    static Terminal none() {
        return new Terminal(false, false, false, DEFAULT_WIDTH);
    }

    static Terminal detect(Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean errors = !dumb && isTerminal(2, environment.get("CDC_TTY"));
        boolean results = !dumb && isTerminal(1, environment.get("CDC_TTY_OUT"));
        boolean color =
                (errors || results) && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(errors, results, color, errors || results ? width(environment) : DEFAULT_WIDTH);
    }

    /** What the launcher says, which can ask; else what the kernel shows of the process's files. */
    private static boolean isTerminal(int descriptor, @org.jspecify.annotations.Nullable String told) {
        if (told != null && !told.isEmpty()) {
            return told.equals("1");
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("\\d{1,4}")) {
            return Math.max(LEAST_WIDTH, Integer.parseInt(columns));
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new java.io.File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .trim()
                    .split(" ");
            boolean answered = stty.waitFor(1, TimeUnit.SECONDS) && size.length == 2 && size[1].matches("\\d{1,4}");
            return answered && !size[1].equals("0") ? Math.max(LEAST_WIDTH, Integer.parseInt(size[1])) : DEFAULT_WIDTH;
        } catch (IOException e) {
            return DEFAULT_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DEFAULT_WIDTH;
        }
    }
}
