package dev.millrace.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A command as a man page, in roff. */
final class ManPage {
    private ManPage() {}

    static String of(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        String name = spec.qualifiedName("-");
        StringBuilder page = new StringBuilder();
        page.append(".TH \"").append(name.toUpperCase(Locale.ROOT)).append("\" \"1\" \"\" \"Millrace ");
        page.append(escape(Version.number())).append("\"\n");
        section(page, "NAME", escape(name) + " \\- " + escape(String.join(" ", usage.header())));
        section(page, "SYNOPSIS", escape(synopsis(spec)));
        section(page, "DESCRIPTION", paragraphs(List.of(usage.description())));
        page.append(".SH ARGUMENTS AND OPTIONS\n");
        spec.positionalParameters().forEach(parameter -> item(page, parameter));
        spec.options().forEach(option -> item(page, option));
        if (!line.getSubcommands().isEmpty()) {
            page.append(".SH COMMANDS\n");
            line.getSubcommands()
                    .forEach((command, sub) -> entry(
                            page,
                            "\\fBcdc\\-" + escape(command) + "\\fR(1)",
                            String.join(" ", sub.getCommandSpec().usageMessage().header())));
        }
        section(page, "EXIT STATUS", EXIT_STATUS);
        return page.toString();
    }

    private static final String EXIT_STATUS =
            "0 done, 1 defect, 2 usage or pipeline file, 3 source, 4 sink, 5 state, 6 data, 7 check found errors,"
                    + " 8 not confirmed, 9 standard output can't be written, 129, 130 and 143 ended by a second signal,"
                    + " 134 out of heap.";

    private static String synopsis(CommandSpec spec) {
        StringBuilder synopsis = new StringBuilder(spec.qualifiedName(" "));
        if (!spec.subcommands().isEmpty()) {
            return synopsis.append(" COMMAND").toString();
        }
        synopsis.append(" [OPTIONS]");
        spec.positionalParameters().forEach(parameter -> synopsis.append(' ').append(parameter.paramLabel()));
        return synopsis.toString();
    }

    private static void item(StringBuilder page, PositionalParamSpec parameter) {
        entry(page, "\\fI" + escape(parameter.paramLabel()) + "\\fR", String.join(" ", parameter.description()));
    }

    private static void item(StringBuilder page, OptionSpec option) {
        String names = "\\fB" + escape(String.join(", ", option.names())) + "\\fR";
        String value = option.arity().max() > 0 ? " \\fI" + escape(option.paramLabel()) + "\\fR" : "";
        entry(page, names + value, String.join(" ", option.description()));
    }

    private static void entry(StringBuilder page, String title, String text) {
        page.append(".TP\n")
                .append(title)
                .append('\n')
                .append(escape(text.replace("$$", "$")))
                .append('\n');
    }

    private static void section(StringBuilder page, String title, String text) {
        if (!text.isBlank()) {
            page.append(".SH ").append(title).append('\n').append(text).append('\n');
        }
    }

    private static String paragraphs(List<String> lines) {
        return String.join("\n.PP\n", lines.stream().map(ManPage::escape).toList());
    }

    /** Roff reads a backslash, a dash and a dot at the beginning of a line as its own. */
    private static String escape(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
