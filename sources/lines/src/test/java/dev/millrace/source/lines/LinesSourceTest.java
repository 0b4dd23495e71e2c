package dev.millrace.source.lines;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SplitEnumerator.Assignment;
import dev.millrace.spi.SplitReader;
import dev.millrace.testkit.VirtualClock;
import dev.millrace.testkit.contract.SourceContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesSourceTest extends SourceContract {
    private int lines;

    @TempDir
    Path folder;

    @BeforeEach
    void writeSomeLines() throws IOException {
        append("a.txt", "first\n\nthird with 🐘\n");
        append("b.txt", "one\r\ntwo\n");
    }

    @Override
    protected Source open(SourceContext context) {
        return new LinesSource(folder, context);
    }

    @Override
    protected void transaction() throws IOException {
        lines++;
        append("b.txt", "line " + lines + "\n");
        append("c" + lines + ".txt", "new file\nand more\n");
    }

    @Override
    protected boolean hasTransactions() {
        return false;
    }

    @Override
    protected Map<TableId, List<String>> content() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                int position = 0;
                for (String line : Files.readString(file).split("(?<=\n)")) {
                    if (line.endsWith("\n")) {
                        String text = line.substring(0, line.length() - 1);
                        rows.add(List.of(file.getFileName().toString(), "" + position, text)
                                .toString());
                    }
                    position += line.getBytes(StandardCharsets.UTF_8).length;
                }
            }
        }
        return Map.of(LinesSource.SCHEMA.table(), rows.stream().sorted().toList());
    }

    @Test
    void leavesALineThatIsStillBeingWritten() throws Exception {
        append("b.txt", "begun");
        assertReadsWhatIsThere();

        append("b.txt", " and ended\n");
        assertReadsWhatIsThere();
    }

    @Test
    void refusesAFileThatWasCut() throws IOException {
        SourceContext context = context(1 << 20);
        LinesEnumerator enumerator = new LinesEnumerator(folder, context.mode(), Optional.empty(), List.of());
        Assignment.Read first = (Assignment.Read) enumerator.next(0);
        SplitReader reader = read(first, context);
        enumerator.finished(reader.position().orElseThrow().split());
        while (enumerator.next(0) instanceof Assignment.Read) {
            // the other files
        }
        Files.writeString(folder.resolve("a.txt"), "x\n");

        assertThatThrownBy(() -> enumerator.next(0))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("a.txt");
    }

    @Test
    void refusesALineThatIsLongerThanABatch() throws IOException {
        append("0.txt", "x".repeat(100) + "\n");

        assertRefused(50, "longer than 50 bytes");
    }

    @Test
    void refusesBytesThatAreNotText() throws IOException {
        Files.write(folder.resolve("0.txt"), new byte[] {'a', (byte) 0xff, '\n'});

        assertRefused(1 << 20, "not UTF-8");
    }

    private void assertRefused(long batchBytes, String message) {
        SourceContext context = context(batchBytes);
        LinesEnumerator enumerator = new LinesEnumerator(folder, context.mode(), Optional.empty(), List.of());
        Assignment.Read first = (Assignment.Read) enumerator.next(0);

        assertThatThrownBy(() -> read(first, context))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(message);
    }

    private SplitReader read(Assignment.Read assignment, SourceContext context) {
        SplitReader reader = new LinesReader(folder, context);
        reader.assign(assignment.split());
        while (reader.poll(element -> {}, PollRequest.read(0)) != SplitReader.Progress.FINISHED) {
            // on the way
        }
        return reader;
    }

    private SourceContext context(long batchBytes) {
        return new SourceContext(
                new PipelineIdentity("lines", "id"),
                SourceContext.ReadMode.CONTINUOUS,
                1,
                batchBytes,
                folder,
                new VirtualClock());
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
