package dev.millrace.source.mysql.setup;

import java.time.Duration;
import java.util.Optional;

/** How long a server keeps its log, against how long it may be needed. */
public final class LogRetention {
    /** What a snapshot is sure to read in a second, also into a slow sink. */
    private static final long SLOW_BYTES_PER_SECOND = 4 << 20;

    private static final Duration DAY = Duration.ofDays(1);

    private final ServerFacts server;

    public LogRetention(ServerFacts server) {
        this.server = server;
    }

    /** Empty where the server keeps it until somebody removes it. */
    public Optional<Duration> kept() {
        String automatic = server.variable("binlog_expire_logs_auto_purge");
        if (!automatic.isEmpty() && !server.isOn("binlog_expire_logs_auto_purge")) {
            return Optional.empty();
        }
        long seconds = number("binlog_expire_logs_seconds");
        if (seconds == 0) {
            seconds = (long) (fraction("expire_logs_days") * DAY.toSeconds());
        }
        return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    /** The most bytes that it keeps, on MariaDB; 0 for no limit. */
    public long keptBytes() {
        return number("max_binlog_total_size");
    }

    /** How long the first copy may take into a slow sink, and never less than a day: a pipeline may stand still over night. */
    public static Duration needed(long tableBytes) {
        Duration copy = Duration.ofSeconds(tableBytes / SLOW_BYTES_PER_SECOND);
        return copy.compareTo(DAY) < 0 ? DAY : copy;
    }

    /** The setting that keeps it for so long. */
    public String setting(Duration wanted) {
        boolean inDays = !server.variables().containsKey("binlog_expire_logs_seconds");
        return inDays
                ? server.setting(
                        "expire_logs_days",
                        Long.toString(wanted.plus(DAY).minusSeconds(1).toDays()))
                : server.setting("binlog_expire_logs_seconds", Long.toString(wanted.toSeconds()));
    }

    private long number(String name) {
        return (long) fraction(name);
    }

    private double fraction(String name) {
        String value = server.variable(name);
        return value.isEmpty() ? 0 : Double.parseDouble(value);
    }
}
