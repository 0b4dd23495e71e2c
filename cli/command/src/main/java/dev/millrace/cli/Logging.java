package dev.millrace.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends the log of all libraries to the console: ours from INFO on, others from WARNING on, and those that warn about nothing
 * only when they fail.
 */
final class Logging {
    private static final List<String> CHATTY =
            List.of("org.apache.hadoop", "org.apache.paimon", "org.postgresql", "software.amazon");
    /** The log manager forgets a logger, and its level with it, that nobody holds. */
    private static final Map<String, Logger> HELD = new LinkedHashMap<>();

    private Logging() {}

    static void sendTo(Console console, boolean debug) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(debug ? Level.INFO : Level.WARNING);
        root.addHandler(new ToConsole(console));
        level("dev.millrace", debug ? Level.FINE : Level.INFO);
        CHATTY.forEach(name -> level(name, debug ? Level.WARNING : Level.SEVERE));
    }

    private static void level(String name, Level level) {
        Logger logger = HELD.computeIfAbsent(name, Logger::getLogger);
        logger.setLevel(level);
    }

    private static final class ToConsole extends Handler {
        private final Console console;

        ToConsole(Console console) {
            this.console = console;
        }

        @Override
        public void publish(LogRecord record) {
            if (!isLoggable(record)) {
                return;
            }
            Console.Severity severity = severity(record.getLevel());
            String message = new SimpleFormatter().formatMessage(record);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("logger", String.valueOf(record.getLoggerName()));
            Throwable thrown = record.getThrown();
            String text = message;
            if (thrown != null) {
                fields.put("error", thrown.toString());
                text = message + ": " + thrown;
            }
            boolean plain = console.format() == Console.Format.TEXT;
            console.message(
                    severity,
                    plain ? severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + text : message,
                    fields);
        }

        private static Console.Severity severity(Level level) {
            int value = level.intValue();
            if (value >= Level.SEVERE.intValue()) {
                return Console.Severity.ERROR;
            }
            if (value >= Level.WARNING.intValue()) {
                return Console.Severity.WARNING;
            }
            return value >= Level.INFO.intValue() ? Console.Severity.INFO : Console.Severity.DEBUG;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
