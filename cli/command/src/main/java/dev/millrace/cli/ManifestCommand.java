package dev.millrace.cli;

import dev.millrace.spi.Readable.Manifest;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "manifest",
        header = "Prints which version of each table belongs to one source position.",
        description = {
            "Prints the newest consistency manifest as JSON, or several, newest first, one a line.",
            "A reader that opens each table at the version named there sees one state of the source."
        })
final class ManifestCommand extends PipelineCommand {
    @Option(names = "--limit", paramLabel = "MANIFESTS", description = "The most manifests to print. Default: 1.")
    private int limit = 1;

    ManifestCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute(Shell shell, Pipeline pipeline) throws IOException {
        try (SinkView view = SinkView.open(pipeline)) {
            List<Manifest> manifests = view.readable().manifests(Math.max(1, limit));
            if (manifests.isEmpty()) {
                throw Status.neverRan(pipeline, "The sink holds no manifest of this pipeline.");
            }
            boolean spread = manifests.size() == 1 && shell.console().terminal().resultsSeen();
            for (Manifest manifest : manifests) {
                shell.console().data(spread ? JsonLayout.spread(manifest.json()) : JsonLayout.oneLine(manifest.json()));
            }
            return ExitCode.OK;
        }
    }
}
