package dev.millrace.source.mysql.config;

import dev.millrace.config.ConfigReader;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import java.time.Instant;
import java.util.Optional;

/** Reads {@code scan.startup.*}. */
final class StartupReader {
    private static final String FILE = "scan.startup.specific-offset.file";
    private static final String OFFSET = "scan.startup.specific-offset.pos";
    private static final String GTIDS = "scan.startup.specific-offset.gtid-set";
    private static final String MILLIS = "scan.startup.timestamp-millis";
    private static final long NO_NUMBER = -1;

    private final ConfigReader reader;

    StartupReader(ConfigReader reader) {
        this.reader = reader;
    }

    private enum Mode {
        INITIAL,
        EARLIEST_OFFSET,
        LATEST_OFFSET,
        SPECIFIC_OFFSET,
        TIMESTAMP,
        SNAPSHOT
    }

    Startup read() {
        withinTransactions("scan.startup.specific-offset.skip-events");
        withinTransactions("scan.startup.specific-offset.skip-rows");
        Optional<String> file = reader.optional(FILE);
        long offset = number(OFFSET);
        Optional<String> gtids = reader.optional(GTIDS);
        long millis = number(MILLIS);
        return switch (reader.choice("scan.startup.mode", Mode.INITIAL)) {
            case INITIAL -> new Startup.Initial();
            case EARLIEST_OFFSET -> new Startup.Earliest();
            case LATEST_OFFSET -> new Startup.Latest();
            case SNAPSHOT -> new Startup.Snapshot();
            case SPECIFIC_OFFSET ->
                gtids.isPresent() ? new Startup.Specific(after(gtids.get())) : at(file.orElse(""), offset);
            case TIMESTAMP -> since(millis);
        };
    }

    /** Reading begins between two transactions: elsewhere a part of one would be missing. */
    private void withinTransactions(String key) {
        if (number(key) > 0) {
            reader.reject(
                    key,
                    "'" + key + "' would begin within a transaction.",
                    "Take the key out, and let the place be the beginning of a transaction.");
        }
    }

    private LogStart after(String gtids) {
        try {
            return new LogStart.After(GtidSet.parse(gtids));
        } catch (IllegalArgumentException notMySql) {
            try {
                return new LogStart.AfterMariaDb(MariaDbGtidList.parse(gtids));
            } catch (IllegalArgumentException notMariaDb) {
                reader.reject(
                        GTIDS,
                        "'" + GTIDS + "' is '" + gtids + "'.",
                        "It takes the transactions that were executed before: uuid:1-5:7 of MySQL, or 0-1-42 of MariaDB.");
                return new LogStart.After(GtidSet.EMPTY);
            }
        }
    }

    private Startup at(String file, long offset) {
        if (file.isEmpty()) {
            reader.reject(
                    "scan.startup.mode",
                    "'scan.startup.mode' is specific-offset, and the file names no place.",
                    "Add '" + FILE + "' with '" + OFFSET + "', or '" + GTIDS + "'.");
            return new Startup.Latest();
        }
        return new Startup.Specific(new LogStart.At(new BinlogPlace(file, Math.max(offset, BinlogPlace.FIRST))));
    }

    private Startup since(long millis) {
        if (millis == NO_NUMBER) {
            reader.reject(
                    "scan.startup.mode",
                    "'scan.startup.mode' is timestamp, and the file names none.",
                    "Add '" + MILLIS + "': milliseconds since 1970-01-01 00:00:00 UTC.");
        }
        return new Startup.Since(Instant.ofEpochMilli(millis));
    }

    private long number(String key) {
        Optional<String> text = reader.optional(key);
        try {
            long number = text.isEmpty() ? NO_NUMBER : Long.parseLong(text.get().trim());
            if (text.isEmpty() || number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        reader.reject(key, "'" + key + "' is '" + text.orElse("") + "'.", "It takes a whole number.");
        return NO_NUMBER;
    }
}
