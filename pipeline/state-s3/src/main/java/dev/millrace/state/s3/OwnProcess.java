package dev.millrace.state.s3;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * A process of a host. Its start tells it from a later one of the same number.
 *
 * @param startedMillis when it started, 0 where the system does not say
 */
record OwnProcess(String host, long pid, long startedMillis) {
    static OwnProcess current() {
        ProcessHandle self = ProcessHandle.current();
        return new OwnProcess(hostName(), self.pid(), startOf(self));
    }

    /** Whether this process is known to have ended; only ever known on its own host. */
    boolean isGoneAsSeenFrom(OwnProcess observer) {
        return host.equals(observer.host)
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(alive -> startOf(alive) == startedMillis)
                        .isEmpty();
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host-" + ProcessHandle.current().pid();
        }
    }
}
