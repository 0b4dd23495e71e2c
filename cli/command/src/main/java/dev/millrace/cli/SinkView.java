package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Readable;
import dev.millrace.spi.Sink;
import java.util.List;

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

    /** The table that a person means: a name without a database is looked up in the newest manifest. */
    TableId table(String name) {
        String[] parts = name.split("\\.", 3);
        return switch (parts.length) {
            case 3 -> new TableId(parts[0], parts[1], parts[2]);
            case 2 -> TableId.of(parts[0], parts[1]);
            default -> named(name);
        };
    }

    private TableId named(String name) {
        List<TableId> known = readable.manifests(1).stream()
                .flatMap(manifest -> ManifestTables.of(manifest.json()).stream())
                .toList();
        List<TableId> found =
                known.stream().filter(table -> table.name().equals(name)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new MillraceException(
                CliError.NO_SUCH_TABLE,
                found.isEmpty()
                        ? "The newest manifest has no table '" + name + "'."
                        : "There is more than one table '" + name + "'.",
                known.isEmpty()
                        ? "Name it with its database: database.table."
                        : "Name one of: "
                                + String.join(
                                        ", ",
                                        known.stream().map(TableId::toString).toList()) + ".");
    }

    @Override
    public void close() {
        sink.close();
    }
}
