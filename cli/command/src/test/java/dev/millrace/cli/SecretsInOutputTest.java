package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.error.ErrorCode;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a secret is and wherever it stands, no command ever prints it: not when all is well, and not when a driver quotes it. */
final class SecretsInOutputTest {
    @Property(tries = 25)
    void neverPrintsASecret(@ForAll("secrets") String secret) throws IOException {
        Path folder = Files.createTempDirectory("secrets");
        try {
            String name = "bank-" + System.nanoTime();
            Bank bank = Bank.named(name);
            bank.findings.add(
                    new Finding(Level.ERROR, "user " + secret, "no such user: " + secret, "create user " + secret));
            bank.slots.add("slot of " + secret);
            Files.writeString(folder.resolve("secret.txt"), secret + "\n");
            Cli cli = new Cli(folder).with("SECRET", secret);
            Path file = cli.file("shop.yaml", """
                    source:
                      type: bank
                      bank: %1$s
                      username: ${env:SECRET}
                      password: %2$s
                      hostname: ${file:secret.txt}
                    sink:
                      type: bank
                      bank: %1$s
                      token: ${env:SECRET}
                    pipeline:
                      checkpoint.interval: 20ms
                    """.formatted(name, secret));

            List<Cli.Result> results = new ArrayList<>();
            results.add(cli.run("check", file));
            results.add(cli.run("check", file, "--log-format=json"));
            results.add(cli.run("run", file, "--until-caught-up", "--debug"));
            results.add(cli.run("run", file, "--until-caught-up", "--log-format=json"));
            results.add(cli.run("status", file, "--json"));
            results.add(cli.answering("no").run("drop", file));
            results.add(
                    cli.run("check", file, "--set", "source.port=${env:SECRET}", "--set", "sink.type=${env:SECRET}"));
            results.add(cli.run(
                    "check", file, "--set", "source.password=" + secret, "--set", "source.nosuch=${env:SECRET}"));
            results.add(cli.run("check", file, "--password=" + secret));
            results.add(cli.run("check", file, "--env-file", cli.file("x.env", "SECRET " + secret)));
            bank.sourceFailure =
                    Bank.failure("BNK-003", ErrorCode.Owner.SOURCE, "The password " + secret + " is wrong.");
            results.add(cli.run("run", file, "--debug"));
            results.add(cli.run("run", file, "--log-format=json"));
            bank.sourceFailure = new IllegalStateException("jdbc:bank://me:" + secret + "@host");
            results.add(cli.run("run", file, "--debug"));

            assertThat(results).extracting(Cli.Result::code).startsWith(7, 7, 0, 0, 0, 8, 2, 2, 2, 2, 3, 3, 1);
            assertThat(results)
                    .allSatisfy(
                            result -> assertThat(result.out() + result.err()).doesNotContain(secret));
        } finally {
            delete(folder);
        }
    }

    @Example
    void leavesItsOwnWordsAloneWhereASecretIsOneOfThem() throws IOException {
        Path folder = Files.createTempDirectory("secrets");
        try {
            String name = "bank-" + System.nanoTime();
            Bank.named(name).findings.add(new Finding(Level.OK, "user", "its password is 'none'", ""));
            Cli cli = new Cli(folder);
            Path file = cli.file("shop.yaml", """
                    source: {type: bank, bank: %1$s, password: none}
                    sink: {type: bank, bank: %1$s, token: "checkpoint"}
                    """.formatted(name));

            assertThat(cli.run("check", file).out())
                    .contains("none yet: the first run begins with a snapshot")
                    .contains("its password is '******'");
            assertThat(cli.run("status", file).out()).contains("checkpoint  none: it never ran");
            assertThat(cli.run("status", file, "--json").out()).contains("\"checkpoint\":null");
        } finally {
            delete(folder);
        }
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("!%/+=@äß".toCharArray())
                .ofMinLength(10)
                .ofMaxLength(40)
                .map(text -> "Q" + text + "Z");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
