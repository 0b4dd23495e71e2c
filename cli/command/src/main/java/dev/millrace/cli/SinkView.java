package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Readable;
import dev.millrace.spi.Sink;
import java.util.List;
import java.util.stream.Stream;

/** A sink opened for looking. */
final class SinkView implements AutoCloseable {
    private final Sink sink;
    private final Readable readable;

    private SinkView(Sink sink, Readable readable) {
        this.sink = sink;
        this.readable = readable;
    }

    /** @throws MillraceException where the sink can't show what it holds */
    static SinkView open(Pipeline pipeline) {
        Sink sink = pipeline.sink(pipeline.looking().sink());
        if (sink instanceof Readable readable) {
            return new SinkView(sink, readable);
        }
        sink.close();
        throw new MillraceException(
                CliError.NOT_ABLE,
                "A sink of type '" + pipeline.definition().sink().type() + "' can't show what it holds.",
                "Look at it with its own tools.");
    }

    Readable readable() {
        return readable;
    }

    /**
     * The table that a person means. Names may hold dots: the whole text is looked up among the tables of the newest manifest,
     * with their database first, before it is taken apart.
     */
    TableId table(String name) {
        List<TableId> known = readable.manifests(1).stream()
                .flatMap(manifest -> ManifestTables.of(manifest.json()).stream())
                .toList();
        List<TableId> found =
                known.stream().filter(table -> table.toString().equals(name)).toList();
        if (found.isEmpty()) {
            found = known.stream().filter(table -> table.name().equals(name)).toList();
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        String[] parts = name.split("\\.", 3);
        boolean qualified = parts.length > 1 && Stream.of(parts).noneMatch(String::isBlank);
        if (found.isEmpty() && qualified) {
            return parts.length == 2 ? TableId.of(parts[0], parts[1]) : new TableId(parts[0], parts[1], parts[2]);
        }
        throw new MillraceException(
                CliError.NO_SUCH_TABLE,
                found.isEmpty()
                        ? "The newest manifest has no table '" + name + "'."
                        : "There is more than one table '" + name + "'.",
                nextStep(known));
    }

    private static String nextStep(List<TableId> known) {
        List<String> names = known.stream().map(TableId::toString).toList();
        return names.isEmpty()
                ? "Name it with its database: database.table."
                : "Name one of: " + String.join(", ", names) + ".";
    }

    @Override
    public void close() {
        sink.close();
    }
}
