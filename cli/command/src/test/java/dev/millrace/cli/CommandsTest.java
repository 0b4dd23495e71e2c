package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.error.ErrorCode;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CommandsTest {
    @TempDir
    private Path folder;

    private Cli cli;
    private String name;
    private Bank bank;
    private Path file;

    @BeforeEach
    void setUp() {
        cli = new Cli(folder);
        name = "bank-" + System.nanoTime();
        bank = Bank.named(name);
        file = cli.bank(name);
    }

    @Test
    void runsUntilCaughtUpAndSaysWhatArrived() {
        Cli.Result result = cli.run("run", file, "--until-caught-up");

        assertThat(result.code()).isZero();
        assertThat(bank.warehouse.visible().getLast().state()).isEqualTo(bank.changelog.stateAt(bank.changelog.head()));
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains(name + ": streaming, ")
                .containsPattern(
                        "Caught up after checkpoint \\d+ at " + bank.changelog.head() + ": \\d+ rows committed in ");
    }

    @Test
    void finishesACheckpointAtTheFirstSignalAndGoesOnAtTheNextRun() throws Exception {
        bank.database.showUpTo(100);
        CompletableFuture<Cli.Result> running = CompletableFuture.supplyAsync(() -> cli.run("run", file));
        await(() -> reached(100));

        cli.signal().run();

        Cli.Result result = running.get(30, TimeUnit.SECONDS);
        assertThat(result.code()).isZero();
        assertThat(result.err())
                .contains("Stopping: finishing a checkpoint. A second signal ends at once.")
                .containsPattern("Stopped after checkpoint \\d+ at 100: ");
        bank.database.showUpTo(bank.changelog.head());
        assertThat(cli.run("run", file, "--until-caught-up").code()).isZero();
        assertThat(bank.warehouse.visible().getLast().state()).isEqualTo(bank.changelog.stateAt(bank.changelog.head()));
    }

    @Test
    void writesValidJsonLinesWhereAskedTo() {
        Cli.Result result = cli.run("run", file, "--until-caught-up", "--log-format", "json");

        assertThat(result.code()).isZero();
        assertThat(result.err().lines()).isNotEmpty().allSatisfy(JsonText::parse);
        assertThat(result.err()).contains("\"phase\":\"finished\"").contains("\"outcome\":\"FINISHED\"");
    }

    @Test
    void answersWithTheCodeOfWhoeverFailed() {
        assertFailure(ErrorCode.Owner.SOURCE, 3);
        assertFailure(ErrorCode.Owner.SINK, 4);
        assertFailure(ErrorCode.Owner.STATE, 5);
        assertFailure(ErrorCode.Owner.DATA, 6);
        assertFailure(ErrorCode.Owner.CONFIG, 2);
    }

    @Test
    void printsAFailureWithItsCodeItsCauseAndTheNextStep() {
        bank.sinkFailure = Bank.failure("BNK-001", ErrorCode.Owner.SINK, "The vault of " + name + " is shut.");

        Cli.Result result = cli.run("run", file);

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).endsWith("""
                error BNK-001: The vault of %s is shut.
                  cause: the cause of it (IllegalStateException)
                  next:  Do the right thing.
                """.formatted(name));
    }

    @Test
    void keepsTheStackTraceOfADefectInAFileAndPrintsItOnlyWhenAsked() throws Exception {
        bank.sourceFailure = new ArithmeticException("by zero");

        Cli.Result result = cli.run("run", file);
        Cli.Result debug = cli.run("run", file, "--debug");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("error JOB-001").doesNotContain("\tat ");
        String trace = result.err()
                .lines()
                .filter(line -> line.startsWith("  trace: "))
                .findFirst()
                .orElseThrow();
        Path traceFile = Path.of(trace.substring("  trace: ".length()));
        assertThat(Files.readString(traceFile)).contains("ArithmeticException").contains("\tat ");
        Files.delete(traceFile);
        assertThat(debug.err()).contains("\tat dev.millrace");
    }

    @Test
    void refusesASecondRunOfTheSamePipeline() throws Exception {
        CompletableFuture<Cli.Result> running = CompletableFuture.supplyAsync(() -> cli.run("run", file));
        await(() -> reached(bank.changelog.head()));
        Runnable signal = cli.signal();

        Cli.Result second = cli.run("run", file);
        Cli.Result status = cli.run("status", file);
        Cli.Result json = cli.run("status", file, "--json");
        Cli.Result drop = cli.run("drop", file, "--yes");
        signal.run();

        assertThat(second.code()).isEqualTo(5);
        assertThat(second.err())
                .contains("error STATE-003")
                .contains("process " + ProcessHandle.current().pid());
        assertThat(drop.code()).isEqualTo(5);
        assertThat(status.out()).contains("running     yes: ").contains("now         " + name + ": streaming");
        JsonText.parse(json.out());
        assertThat(json.out()).contains("\"running\":true").contains("\"phase\":\"streaming\"");
        assertThat(running.get(30, TimeUnit.SECONDS).code()).isZero();
    }

    @Test
    void saysWhereAPipelineStands() {
        Cli.Result before = cli.run("status", file);
        Cli.Result jsonBefore = cli.run("status", file, "--json");
        cli.run("run", file, "--until-caught-up");
        Cli.Result after = cli.run("status", file);
        Cli.Result jsonAfter = cli.run("status", file, "--json");

        assertThat(before.code()).isZero();
        assertThat(before.out()).isEqualTo("""
                pipeline    %s, bank to bank
                state       file:.millrace/%s
                running     no
                checkpoint  none: it never ran, or was dropped
                """.formatted(name, name));
        assertThat(jsonBefore.out()).contains("\"checkpoint\":null");
        assertThat(after.out())
                .containsPattern("checkpoint  \\d+, taken at 20")
                .contains("position    " + bank.changelog.head())
                .contains("complete    up to 2026-01-01T00:00:00.2");
        JsonText.parse(jsonAfter.out());
        assertThat(jsonAfter.out()).contains("\"sourcePosition\":\"" + bank.changelog.head() + "\"");
        assertThat(folder.resolve(".millrace"))
                .isDirectoryNotContaining(path -> path.toString().endsWith(".lock"));
    }

    @Test
    void looksWithoutLeavingAnythingBehind() {
        cli.run("status", file);
        cli.run("check", file);
        cli.run("manifest", file);

        assertThat(folder.resolve(".millrace")).doesNotExist();
    }

    @Test
    void letsTheSourceCheckWhatItsStateNeeds() {
        cli.run("run", file, "--until-caught-up");

        assertThat(cli.run("check", file).out()).contains("source  state: can be gone on from");
    }

    @Test
    void printsFindingsEachWithItsFix() {
        bank.findings.add(new Finding(Level.OK, "wal_level", "logical", ""));
        bank.findings.add(
                new Finding(Level.WARNING, "table a.b", "has no key", "alter table a.b\n  add primary key (id);"));

        Cli.Result warned = cli.run("check", file);
        bank.findings.add(new Finding(Level.ERROR, "slots", "none is left", "Raise max_replication_slots."));
        Cli.Result failed = cli.run("check", file);
        Cli.Result json = cli.run("check", file, "--log-format=json");

        assertThat(warned.code()).isZero();
        assertThat(warned.out()).containsPattern("ok       state   disk of .*: .* free, can be written to\n");
        assertThat(warned.out().replaceAll("(?m)^ok       state   disk of .*\n", ""))
                .isEqualTo("""
                ok       file    %s: bank to bank
                ok       source  wal_level: logical
                warning  source  table a.b: has no key
                                 alter table a.b
                                   add primary key (id);
                ok       sink    nothing to look at: this connector has no checks
                ok       state   file:.millrace/%s: none yet: the first run begins with a snapshot
                0 errors, 1 warning.
                """.formatted(name, name));
        assertThat(failed.code()).isEqualTo(7);
        assertThat(failed.out())
                .contains("ERROR    source  slots: none is left\n                 Raise max_replication_slots.")
                .contains("1 error, 1 warning.");
        assertThat(json.out().lines().filter(line -> line.startsWith("{")))
                .hasSize(7)
                .allSatisfy(JsonText::parse);
    }

    @Test
    void showsRowsOfATableThatLineUp() {
        cli.run("run", file, "--until-caught-up");

        assertThat(cli.run("show", file, "accounts").out()).isEqualTo("""
                 id  name
                ───  ──────
                  1  東京
                 20  NULL
                300  'NULL'
                """);
        assertThat(cli.run("show", file, "public.accounts", "--limit", "1").err())
                .contains("1 row; --limit shows more");
        assertThat(cli.run("show", file, "accounts", "--json").out()).isEqualTo("""
                {"id":"1","name":"東京"}
                {"id":"20","name":null}
                {"id":"300","name":"NULL"}
                """);
    }

    @Test
    void saysWhichTablesThereAreWhereOneIsNotKnown() {
        cli.run("run", file, "--until-caught-up");

        Cli.Result unknown = cli.run("show", file, "acounts");
        Cli.Result checkpoint = cli.run("show", file, "accounts", "--at", "101");

        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).isEqualTo("""
                error CLI-005: The newest manifest has no table 'acounts'.
                  next:  Name one of: public.accounts, public.notes, public.dotted.name.
                """);
        assertThat(checkpoint.code()).isEqualTo(4);
        assertThat(checkpoint.err()).contains("error BNK-404: There is no checkpoint 101.");
    }

    @Test
    void showsATableWhoseNameHoldsADotByEachOfItsNames() {
        cli.run("run", file, "--until-caught-up");

        for (String table : List.of("dotted.name", "public.dotted.name")) {
            assertThat(cli.run("show", file, table, "--json", "--limit=1").out())
                    .isEqualTo("{\"id\":\"0\",\"pair\":{\"x\":1,\"y\":\"a b\"}}\n");
        }
    }

    @Test
    void refusesWhatCanNotBeTheNameOfATable() {
        for (String table : List.of("../../etc", ".", "a.", "..", "")) {
            Cli.Result result = cli.run("show", file, table);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains("error CLI-005: The newest manifest has no table '" + table + "'.");
        }
    }

    @Test
    void printsMoreRowsThanThoseThatSetTheWidth() {
        cli.run("run", file, "--until-caught-up");
        Discarding all = new Discarding(Long.MAX_VALUE, "");
        assertThat(cli.into(all)
                        .run("show", file, "dotted.name", "--limit=2500")
                        .code())
                .isZero();
        assertThat(all.lines).isEqualTo(2502);
    }

    @Test
    void endsQuietlyWhereNobodyReadsTheAnswerAnyMore() {
        cli.run("run", file, "--until-caught-up");
        Discarding pipe = new Discarding(10, "Broken pipe");

        Cli.Result result = cli.into(pipe).run("show", file, "dotted.name", "--json", "--limit=2147483647");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(pipe.lines).isEqualTo(10);
    }

    @Test
    void saysThatTheAnswerCanNotBeWritten() {
        cli.run("run", file, "--until-caught-up");
        Discarding disk = new Discarding(10, "No space left on device");

        Cli.Result result = cli.into(disk).run("show", file, "dotted.name", "--limit=2147483647");
        Cli.Result status = cli.into(new Discarding(0, "Bad file descriptor")).run("status", file);

        assertThat(result.code()).isEqualTo(9);
        assertThat(result.err()).contains("error CLI-008: Standard output can't be written: No space left on device.");
        assertThat(status.code()).isEqualTo(9);
    }

    /** Counts lines and fails after some. */
    private static final class Discarding extends OutputStream {
        private final long limit;
        private final String failure;
        private long lines;

        Discarding(long limit, String failure) {
            this.limit = limit;
            this.failure = failure;
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (lines == limit) {
                throw new IOException(failure);
            }
            lines++;
        }
    }

    @Test
    void printsManifestsNewestFirst() {
        Cli.Result none = cli.run("manifest", file);
        cli.run("run", file, "--until-caught-up");
        Cli.Result two = cli.run("manifest", file, "--limit=2");

        assertThat(none.code()).isEqualTo(5);
        assertThat(none.err()).contains("error CLI-004: The sink holds no manifest of this pipeline.");
        assertThat(two.out().lines()).hasSizeBetween(1, 2).allSatisfy(JsonText::parse);
    }

    @Test
    void saysSoWhereASinkCanNotBeRead() {
        Cli.Result result = cli.run("show", file, "accounts", "--set", "sink.readable=false");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("error CLI-003: A sink of type 'bank' can't show what it holds.");
    }

    @Test
    void asksBeforeItDropsAndLeavesTheSinkAlone() {
        cli.run("run", file, "--until-caught-up");
        bank.slots.add("the replication slot millrace_x");
        int tables = bank.warehouse.visible().size();

        Cli.Result declined = cli.answering("no\n").run("drop", file);
        Cli.Result silent = cli.answering("").run("drop", file);
        assertThat(bank.slots).hasSize(1);
        Cli.Result confirmed = cli.answering("yes\n").run("drop", file);

        assertThat(declined.code()).isEqualTo(8);
        assertThat(silent.code()).isEqualTo(8);
        assertThat(declined.out()).isEqualTo("""
                This removes:
                  the replication slot millrace_x
                  what the state names
                  the state in file:.millrace/%s
                The sink's tables and their rows stay as they are. Remove them before the pipeline starts anew into them.
                Type 'yes' to remove it:
                Nothing was removed.
                """.formatted(name));
        assertThat(confirmed.code()).isZero();
        assertThat(confirmed.out()).endsWith("Dropped.\n");
        assertThat(bank.slots).isEmpty();
        assertThat(bank.warehouse.visible()).hasSize(tables);
        assertThat(folder.resolve(".millrace")).isEmptyDirectory();
        assertThat(cli.run("drop", file, "--yes").out()).isEqualTo("There is nothing to drop.\n");
    }

    @Test
    void dropsOnlyItsOwnFilesOutOfAFolderThatHoldsMore() throws Exception {
        Path shared = Files.createDirectories(folder.resolve("shared"));
        Path precious = Files.writeString(shared.resolve("thesis.txt"), "years of work");
        cli.run("run", file, "--until-caught-up", "--set", "pipeline.state=" + shared);

        assertThat(cli.run("drop", file, "--yes", "--set", "pipeline.state=" + shared)
                        .code())
                .isZero();

        try (var left = Files.list(shared)) {
            assertThat(left).containsExactly(precious);
        }
    }

    @Test
    void refusesWhatItDoesNotKnowWithTheNearestName() {
        assertUsage("'chek' is not known. Did you mean 'check'?", "chek", file);
        assertUsage("'--pasword' is not known.", "check", file, "--pasword=hunter2");
        assertUsage(
                "'--until-cought-up' is not known. Did you mean '--until-caught-up'?",
                "run",
                file,
                "--until-cought-up");
        assertUsage("Missing required parameter: 'FILE'", "run");
        assertUsage("Which command?");
        assertUsage("it takes text or json", "run", file, "--log-format=xml");
        assertUsage("'-1' is not a number from 0 to 2147483647", "show", file, "t", "--limit", "-1");
        assertUsage("'abc' is not a number from 0", "show", file, "t", "--limit=abc");
    }

    @Test
    void reportsEveryProblemOfTheFileAndTheConnectorsAtOnce() {
        Path bad = cli.file("bad.yaml", """
                source:
                  type: bank
                  prot: 5432
                sink:
                  type: bnak
                pipeline:
                  paralelism: 2
                """);

        Cli.Result result = cli.run("check", bad);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("""
                error CFG-001: the pipeline file has 4 problems
                  bad.yaml:1:1: 'source' lacks 'bank'.
                      Add 'bank: …'.
                  bad.yaml:3:9: Unknown key 'prot' in source.
                      Did you mean 'port'?
                  bad.yaml:5:9: There is no sink of type 'bnak'.
                      Did you mean 'bank'?
                  bad.yaml:7:15: Unknown key 'paralelism' in pipeline.
                      Did you mean 'parallelism'?
                  next:  Correct the file; 'cdc check FILE' says when it is right.
                """);
    }

    @Test
    void refusesToMixTablesOfDifferentShapeAndRoutesThatDisagree() {
        String text = read(file);
        Path mixed = cli.file("mixed.yaml", text + "route: [{source-table: bank.public.\\.*, sink-table: a.b}]\n");
        Path split = cli.file("split.yaml", text + """
                route:
                  - {source-table: public.accounts, sink-table: a.b}
                  - {source-table: public.\\.*, sink-table: a.<>, replace-symbol: <>}
                """);

        Cli.Result shapes = cli.run("run", mixed);
        Cli.Result routes = cli.run("run", split);

        assertThat(shapes.code()).isEqualTo(2);
        assertThat(shapes.err())
                .contains("error CFG-005: The tables bank.public.accounts and bank.public.journal both go into a.b");
        assertThat(routes.code()).isEqualTo(2);
        assertThat(routes.err()).contains("error CFG-004: The table bank.public.accounts has more than one route");
        assertThat(bank.warehouse.visible()).isEmpty();
    }

    @Test
    void reportsProblemsAsJsonWhereAskedTo() {
        Cli.Result result = cli.run("check", cli.file("empty.yaml", "{}"), "--log-format=json");

        JsonText.parse(result.err());
        assertThat(result.err()).contains("\"code\":\"CFG-001\"").contains("\"place\":\"empty.yaml:1:1\"");
    }

    @Test
    void saysWhyAFileCanNotBeRead() {
        Cli.Result missing = cli.run("run", folder.resolve("none.yaml"));
        Cli.Result environment =
                cli.run("run", file, "--env-file", cli.file("x.env", "A=1\nnot an assignment hunter2\n"));
        Cli.Result state = cli.run("run", file, "--set", "pipeline.state=s4://bucket/x");

        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).isEqualTo("""
                error CFG-002: 'none.yaml' does not exist.
                  next:  Name a pipeline file; configs/ has examples.
                """);
        assertThat(environment.code()).isEqualTo(2);
        assertThat(environment.err()).isEqualTo("""
                error CLI-002: x.env:2: the line is no assignment.
                  next:  Write NAME=value, or begin a comment with '#'.
                """);
        assertThat(state.code()).isEqualTo(2);
        assertThat(state.err()).contains("error CFG-006").contains("nothing here keeps state on 's4:'");
    }

    @Test
    void printsNotesOfWhatHasNoEffect() {
        Path noted = cli.file("noted.yaml", Files.exists(file) ? read(file) + "  local-time-zone: UTC\n" : "");

        assertThat(cli.run("check", noted).err()).startsWith("note: noted.yaml:10:20: 'local-time-zone' has no effect");
    }

    @Test
    void drawsInPlaceForAPersonAndLeavesOnlyTheLastWordsBehind() {
        Cli.Result result = cli.on(new Terminal(true, true, false, 80)).run("run", file, "--until-caught-up");

        String screen = Screen.after(result.err());
        assertThat(result.err()).contains("\u001b[");
        assertThat(screen).startsWith("Caught up after checkpoint").hasLineCount(1);
    }

    @Test
    void usesNoEscapesWhereNobodyWatches() {
        assertThat(cli.run("run", file, "--until-caught-up").err()).doesNotContain("\u001b");
        assertThat(cli.run("--help").out()).doesNotContain("\u001b").contains("cdc run configs/quickstart.yaml");
    }

    private void assertFailure(ErrorCode.Owner owner, int code) {
        bank.sourceFailure = Bank.failure("BNK-002", owner, "It broke.");
        assertThat(cli.run("run", file).code()).isEqualTo(code);
    }

    private void assertUsage(String message, Object... arguments) {
        Cli.Result result = cli.run(arguments);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(message)
                .contains("--help' lists what it takes")
                .doesNotContain("hunter2");
    }

    private boolean reached(long position) {
        return !bank.warehouse.visible().isEmpty()
                && bank.warehouse
                        .visible()
                        .getLast()
                        .checkpoint()
                        .sourcePosition()
                        .equals(Long.toString(position));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
