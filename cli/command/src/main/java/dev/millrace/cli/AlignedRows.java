package dev.millrace.cli;

import dev.millrace.spi.Readable.Field;
import dev.millrace.spi.Readable.Receiver;
import java.util.List;
import java.util.Optional;

/** Prints rows in columns that line up: as wide as the first rows need, which are waited for; the others follow as they come. */
final class AlignedRows implements Receiver {
    private static final int WIDEST_CELL = 60;
    private static final int ROWS_THAT_SET_THE_WIDTH = 1000;

    private final Console console;
    private final boolean person;
    private TextTable text = new TextTable(List.of());
    private long rows;

    AlignedRows(Console console) {
        this.console = console;
        this.person = console.terminal().resultsSeen();
    }

    @Override
    public void begin(List<Field> fields) {
        text = new TextTable(fields.stream().map(Field::name).toList());
    }

    @Override
    public void row(List<Optional<String>> cells) {
        rows++;
        if (rows <= ROWS_THAT_SET_THE_WIDTH) {
            text.add(cells);
            if (rows == ROWS_THAT_SET_THE_WIDTH) {
                printWaiting();
            }
        } else {
            print(text.line(cells));
        }
    }

    /** @param limit the most rows that were asked for */
    void end(int limit) {
        if (rows < ROWS_THAT_SET_THE_WIDTH) {
            printWaiting();
        }
        console.message(console.styled(
                Console.Style.DIM,
                rows + (rows == 1 ? " row" : " rows") + (rows == limit ? "; --limit shows more" : "")));
    }

    private void printWaiting() {
        text.lines(person ? WIDEST_CELL : Integer.MAX_VALUE).forEach(this::print);
    }

    private void print(String line) {
        console.data(person ? TextWidth.fit(line, console.terminal().width()) : line);
    }
}
