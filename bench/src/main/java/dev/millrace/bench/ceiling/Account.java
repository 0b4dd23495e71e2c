package dev.millrace.bench.ceiling;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** What a ceiling's program has done, measured from inside: without the start of its JVM and without its preparations. */
public record Account(long rows, long bytes, Duration wall, Duration client) {
    private static final String MARK = "ACCOUNT";

    /** Rows and bytes that were moved. */
    record Moved(long rows, long bytes) {}

    /** The work to be measured. */
    @FunctionalInterface
    interface Work {
        Moved run() throws Exception;
    }

    /** Does the work and prints the account for {@link #parse}. */
    static void of(Work work) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        Moved moved = work.run();
        long wall = System.nanoTime() - start;
        long used = system.getProcessCpuTime() - cpu;
        System.out.println(MARK + " " + moved.rows() + " " + moved.bytes() + " " + wall + " " + used);
    }

    /** Reads the account out of what the program has printed. */
    public static Account parse(List<String> output) {
        String[] fields = output.stream()
                .filter(line -> line.startsWith(MARK))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No account in " + output))
                .split(" ");
        return new Account(
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Duration.ofNanos(Long.parseLong(fields[3])),
                Duration.ofNanos(Long.parseLong(fields[4])));
    }
}
