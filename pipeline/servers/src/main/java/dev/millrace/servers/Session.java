package dev.millrace.servers;

import java.util.List;

/**
 * A session of its own for a child process: a terminal's Ctrl-C goes to every process of its session's foreground
 * group, and must not end a server that the JVM's own orderly shutdown still needs.
 */
final class Session {
    private Session() {}

    /** The words to put before a command. */
    static List<String> ofItsOwn() {
        if (Programs.isOnPath("setsid")) {
            return List.of("setsid");
        }
        if (Programs.isOnPath("perl")) {
            return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV");
        }
        return List.of();
    }
}
