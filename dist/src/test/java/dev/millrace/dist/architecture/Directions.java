package dev.millrace.dist.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may depend on whom.
 *
 * @param root the package that holds all others: the product's, or that of classes which break the rules on purpose
 */
record Directions(String root) {
    private static final List<String> JDK = List.of("java..", "javax..", "org.jspecify..");

    /** What sources of relational databases share; the one part of a source that others may use. */
    private static final String RELATIONAL = "source.relational";

    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("schema", schema());
        rules.put("spi", spi());
        rules.put("definition", definition());
        rules.put("runtime", runtime());
        rules.put("connectors", connectors());
        rules.put("relational", relational());
        rules.put("source beside source", apart("source"));
        rules.put("sink beside sink", apart("sink"));
        rules.put("command", command());
        rules.put("libraries", libraries());
        rules.put("cycles", cycles());
        return rules;
    }

    private ArchRule schema() {
        return only(List.of("schema"), List.of("schema"), List.of())
                .because("schemas are pure values and functions that every other part builds on:"
                        + " move what needs more to the part that needs it, and hand the values over");
    }

    private ArchRule spi() {
        return only(
                        List.of("model", "spi", "error", "config"),
                        List.of("schema", "model", "spi", "error", "config"),
                        List.of())
                .because("every connector and every engine sees the SPI, and must see nothing through it:"
                        + " put the library's type behind an interface here and its use into the connector or engine");
    }

    private ArchRule definition() {
        return only(
                        List.of("definition"),
                        List.of("schema", "model", "spi", "error", "config", "definition"),
                        List.of("org.snakeyaml.."))
                .because("reading and planning a file needs no network, no engine and no connector's classes:"
                        + " ask the connector through the SPI");
    }

    private ArchRule runtime() {
        return only(
                        List.of("runtime"),
                        List.of("schema", "model", "spi", "error", "config", "runtime"),
                        List.of("org.slf4j..", "com.fasterxml.jackson.core.."))
                .because(
                        "the engine knows connectors and state only through the SPI:"
                                + " add the ability to the SPI as a small interface of its own, or take a value by constructor");
    }

    private ArchRule connectors() {
        return noClasses()
                .that()
                .resideInAnyPackage(ours(List.of("source", "sink", "state")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours(List.of("definition", "runtime", "cli", "quickstart", "servers", "testkit")))
                .allowEmptyShould(true)
                .because("a connector runs under any engine: use what the SPI hands in, or extend the SPI");
    }

    private ArchRule relational() {
        return only(List.of(RELATIONAL), List.of("schema", "model", "spi", "error", "config", RELATIONAL), List.of())
                .because("what several sources share knows none of them, and no database's driver:"
                        + " take what differs as a value or a function");
    }

    private ArchRule apart(String kind) {
        String other = kind.equals("source") ? "sink" : "source";
        ArchRule othersKind = noClasses()
                .that()
                .resideInAPackage(root + "." + kind + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours(List.of(other, "state")))
                .allowEmptyShould(true);
        return CompositeArchRule.of(othersKind)
                .and(slices().matching(root + "." + kind + ".(*)..")
                        .should()
                        .notDependOnEachOther()
                        .ignoreDependency(
                                DescribedPredicate.alwaysTrue(), resideInAPackage(root + "." + RELATIONAL + ".."))
                        .allowEmptyShould(true))
                .because(
                        "connectors meet only through the SPI: what two of them share belongs into the SPI or the model,"
                                + " and what only relational databases share into their own module");
    }

    private ArchRule command() {
        return noClasses()
                .that()
                .resideInAnyPackage(ours(List.of("cli", "quickstart")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours(List.of("source", "sink", "state", "testkit")))
                .allowEmptyShould(true)
                .because("the command finds connectors by ServiceLoader, so that a new one needs no change of it:"
                        + " ask through the factory's interface");
    }

    private ArchRule libraries() {
        return CompositeArchRule.of(kept("org.apache..", List.of("sink.paimon")))
                .and(kept("org.postgresql..", List.of("source.postgres", "quickstart")))
                .and(kept("io.debezium..", List.of("source.mysql")))
                .and(kept("org.antlr..", List.of("source.mysql")))
                .and(kept("com.github.luben..", List.of("source.mysql")))
                .and(kept("software.amazon..", List.of("s3", "state.s3", "sink.paimon.s3")))
                .and(kept("org.snakeyaml..", List.of("definition")))
                .and(kept("picocli..", List.of("cli")))
                .because("a library's types stay inside the part that is there for it: hand over values of our own");
    }

    private ArchRule kept(String library, List<String> users) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(ours(users))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }

    private ArchRule cycles() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because(
                        "packages of a cycle can only be read and changed together:"
                                + " move the type that closes it to the package that owns it, or turn one direction around by an interface");
    }

    private ArchRule only(List<String> who, List<String> ofOurs, List<String> libraries) {
        List<String> allowed = new ArrayList<>(JDK);
        allowed.addAll(libraries);
        allowed.addAll(List.of(ours(ofOurs)));
        return classes()
                .that()
                .resideInAnyPackage(ours(who))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .allowEmptyShould(true);
    }

    private String[] ours(List<String> parts) {
        return parts.stream().map(part -> root + "." + part + "..").toArray(String[]::new);
    }
}
