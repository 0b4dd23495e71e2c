package dev.millrace.cli;

import dev.millrace.spi.Readable;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "show",
        header = "Shows rows of a table of the sink.",
        description = {
            "Prints the first rows in columns that line up. NULL is a null; a text of that name stands in quotes.",
            "With --at it reads the table as of a checkpoint that 'cdc manifest' lists."
        })
final class ShowCommand extends PipelineCommand {
    @Parameters(
            index = "1",
            paramLabel = "TABLE",
            description = "The table's name in the sink: table, database.table or database.schema.table.")
    private String table = "";

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            converter = RowCount.class,
            description = "The most rows to print. Default: 20.")
    private int limit = 20;

    @Option(names = "--at", paramLabel = "CHECKPOINT", description = "Reads the table as of this checkpoint.")
    private @Nullable Long at;

    @Option(names = "--json", description = "Prints each row as a JSON object on a line.")
    private boolean json;

    ShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute(Shell shell, Pipeline pipeline) {
        try (SinkView view = SinkView.open(pipeline)) {
            Readable sink = view.readable();
            OptionalLong checkpoint = at == null ? OptionalLong.empty() : OptionalLong.of(at);
            if (json) {
                sink.read(view.table(table), limit, checkpoint, new JsonRows(shell.console()));
            } else {
                AlignedRows rows = new AlignedRows(shell.console());
                sink.read(view.table(table), limit, checkpoint, rows);
                rows.end(limit);
            }
            return ExitCode.OK;
        }
    }

    static final class RowCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                int count = Integer.parseInt(value);
                if (count >= 0) {
                    return count;
                }
            } catch (NumberFormatException e) {
                // Said below, with the bounds.
            }
            throw new TypeConversionException("'" + value + "' is not a number from 0 to " + Integer.MAX_VALUE);
        }
    }
}
