package dev.millrace.cli;

import dev.millrace.spi.Readable;
import dev.millrace.spi.Readable.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        header = "Shows rows of a table of the sink.",
        description = {
            "Prints the first rows in columns that line up. NULL is a null; a text of that name stands in quotes.",
            "With --at it reads the table as of a checkpoint that 'cdc manifest' lists."
        })
final class ShowCommand extends PipelineCommand {
    private static final int WIDEST_CELL = 60;

    @Parameters(
            index = "1",
            paramLabel = "TABLE",
            description = "The table's name in the sink: table, database.table or database.schema.table.")
    private String table = "";

    @Option(names = "--limit", paramLabel = "ROWS", description = "The most rows to print. Default: 20.")
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
            Rows rows = sink.rows(view.table(table), Math.max(0, limit), checkpoint);
            if (json) {
                printJson(shell.console(), rows);
            } else {
                print(shell.console(), rows);
            }
            return ExitCode.OK;
        }
    }

    private void print(Console console, Rows rows) {
        TextTable text = new TextTable(rows.columns());
        rows.cells().forEach(text::add);
        boolean person = console.terminal().resultsSeen();
        List<String> lines = text.lines(person ? WIDEST_CELL : Integer.MAX_VALUE);
        lines.forEach(line ->
                console.data(person ? TextWidth.fit(line, console.terminal().width()) : line));
        int count = rows.cells().size();
        console.message(console.styled(
                Console.Style.DIM,
                count + (count == 1 ? " row" : " rows") + (count == limit ? "; --limit shows more" : "")));
    }

    private static void printJson(Console console, Rows rows) {
        for (List<Optional<String>> row : rows.cells()) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                object.put(rows.columns().get(i), row.get(i));
            }
            console.data(Json.write(object));
        }
    }
}
