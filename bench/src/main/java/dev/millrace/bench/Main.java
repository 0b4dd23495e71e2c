package dev.millrace.bench;

import dev.millrace.bench.contender.OurCommand;
import dev.millrace.bench.report.Bout;
import dev.millrace.bench.report.Report;
import dev.millrace.bench.source.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. Progress goes to standard error, the tables to standard output. */
@Command(
        name = "bench/run",
        description = "Runs Millrace and its ceilings on the same rows, in turn, and prints them side by side.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
public final class Main implements Callable<Integer> {
    private static final long ROWS_OF_A_TRANSACTION = 100;

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "1000000",
            description = "Rows in all tables; several for several runs.")
    private List<Long> rows = List.of();

    @Option(
            names = "--tables",
            split = ",",
            defaultValue = "1",
            description = "Tables that share them; several for several runs.")
    private List<Integer> tables = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "How often each contender has its turn.")
    private int rounds;

    @Option(names = "--transaction", defaultValue = "0", description = "Rows of one big transaction to read as well.")
    private long transaction;

    @Option(names = "--only", split = ",", description = "Of: ${COMPLETION-CANDIDATES}")
    private Set<Bout> only = Set.of();

    @Option(names = "--source", defaultValue = "postgres", description = "The server: ${COMPLETION-CANDIDATES}.")
    private BenchSource source = BenchSource.POSTGRES;

    @Option(names = "--postgres", defaultValue = "18", description = "Major version of the server, 14 to 18.")
    private int postgres;

    @Option(
            names = "--pg-recvlogical",
            defaultValue = "/usr/lib/postgresql/15/bin/pg_recvlogical",
            description = "The program.")
    private Path receiver = Path.of("");

    @Option(
            names = "--cdc",
            required = true,
            description = "The command to measure; bench/run gives the one that it has built.")
    private Path cdc = Path.of("");

    @Option(names = "--jfr", description = "A folder for flight recordings of our runs.")
    private @Nullable Path recordings;

    @Option(
            names = "--keep-in",
            description = "A folder for all that is written; without it a temporary one, deleted at the end.")
    private @Nullable Path home;

    @Option(names = "--markdown", description = "Print tables in Markdown.")
    private boolean markdown;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (recordings != null) {
            Files.createDirectories(recordings);
        }
        Path folder = home != null ? Files.createDirectories(home) : Files.createTempDirectory("millrace-bench");
        OurCommand command = new OurCommand(
                cdc.toAbsolutePath(), Optional.ofNullable(recordings).map(Path::toAbsolutePath));
        BenchOptions options = new BenchOptions(source, postgres, rounds, transaction, only, receiver, command, folder);
        try {
            for (long someRows : rows) {
                for (int someTables : tables) {
                    run(options, someRows, someTables);
                }
            }
        } finally {
            if (home == null) {
                new ProcessBuilder("rm", "-rf", folder.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
            }
        }
        return 0;
    }

    private void run(BenchOptions options, long someRows, int someTables) throws Exception {
        long changes = someRows / ROWS_OF_A_TRANSACTION / someTables * ROWS_OF_A_TRANSACTION * someTables;
        Report report = new Report(Bench.run(options, new Workload(someRows, someTables, changes)));
        System.out.println(machine(options));
        System.out.println(String.format(
                Locale.ROOT, "%,d rows in %,d tables, %,d changes, %d rounds", someRows, someTables, changes, rounds));
        System.out.println();
        System.out.println(markdown ? report.markdown() : report.text());
    }

    private static String machine(BenchOptions options) throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            String processor = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("unknown processor");
            return Runtime.getRuntime().availableProcessors() + " cores (" + processor + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", JDK "
                    + Runtime.version() + ", " + options.source().title(options.postgres());
        }
    }
}
