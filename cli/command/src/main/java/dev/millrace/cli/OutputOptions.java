package dev.millrace.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a command talks. */
final class OutputOptions {
    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            converter = FormatConverter.class,
            description = "How messages and progress are written to standard error. Default: text.")
    private Console.Format format = Console.Format.TEXT;

    @Option(names = "--debug", description = "Prints more of the log, and stack traces.")
    private boolean debug;

    Console.Format format() {
        return format;
    }

    boolean debug() {
        return debug;
    }

    static final class FormatConverter implements ITypeConverter<Console.Format> {
        @Override
        public Console.Format convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "text" -> Console.Format.TEXT;
                case "json" -> Console.Format.JSON;
                default -> throw new TypeConversionException("it takes text or json");
            };
        }
    }
}
