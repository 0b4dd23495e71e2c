package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import dev.millrace.quickstart.PacedWriter;
import dev.millrace.runtime.JobOutcome;
import dev.millrace.spi.SourceContext.ReadMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A run that ends by itself: the pipeline follows the shop while the writer works, then everything that it wrote is brought in, and
 * both sides are compared.
 */
final class QuickstartRun {
    private final Shell shell;
    private final Pipeline pipeline;
    private final ShopHost host;
    private final Stop stop;

    QuickstartRun(Shell shell, Pipeline pipeline, ShopHost host, Stop stop) {
        this.shell = shell;
        this.pipeline = pipeline;
        this.host = host;
        this.stop = stop;
    }

    ExitCode run(Run run, Progress progress, Path file) throws InterruptedException {
        Console console = shell.console();
        PacedWriter writer = writer();
        FutureTask<Long> work = new FutureTask<>(writer);
        console.message("A writer changes the shop meanwhile: "
                + Quantity.count(host.settings().pace().transactions()) + " transactions, "
                + host.settings().pace().transactionsPerSecond() + " a second.");
        JobOutcome outcome;
        try {
            outcome = run.run(ReadMode.CONTINUOUS, progress, job -> begin(work, job::stop));
        } finally {
            writer.stop();
        }
        long transactions = result(work);
        if (stop.isAsked()) {
            RunSummary.print(console, outcome, progress);
            return ExitCode.OK;
        }
        RunSummary.print(console, outcome, progress);
        console.message("The writer is done. Bringing in what it wrote last …");
        Progress rest = new Progress(console);
        JobOutcome arrival = run.run(ReadMode.UNTIL_CAUGHT_UP, rest);
        console.endLive();
        if (stop.isAsked()) {
            RunSummary.print(console, arrival, rest);
            return ExitCode.OK;
        }
        return new Arrival(shell, pipeline, host.shop()).report(transactions, file);
    }

    private static void begin(FutureTask<Long> work, Runnable afterwards) {
        Thread.ofPlatform().name("shop-writer").daemon().start(() -> {
            work.run();
            afterwards.run();
        });
    }

    private PacedWriter writer() {
        try {
            return host.shop().writer(host.settings().pace());
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    private static long result(FutureTask<Long> work) throws InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw unusable(e.getCause() == null ? e : e.getCause());
        }
    }

    private static MillraceException unusable(Throwable cause) {
        return new MillraceException(
                CliError.QUICKSTART_DATABASE,
                "The quickstart's writer can't work: " + cause.getMessage(),
                "Run it again; the pipeline goes on where it was.",
                cause);
    }
}
