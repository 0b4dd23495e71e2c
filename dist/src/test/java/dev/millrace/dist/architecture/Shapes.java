package dev.millrace.dist.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * How a class may look, whatever it is for.
 *
 * @param root the package that holds all others: the product's, or that of classes which break the rules on purpose
 */
record Shapes(String root) {
    /** Simple names of outermost classes that start threads outside the engine, each with its reason. */
    private static final Map<String, String> STARTS_THREADS = Map.of(
            "MaintenanceThread", "Paimon's compaction has to go on while the writer is not stepped",
            "SlotWait",
                    "PostgreSQL's driver says nothing while the making of a slot waits for the transactions of others",
            "QuickstartRun", "plays the application that writes to the shop's database");

    /** Where the wall clock and randomness come from; they reach everything else by constructor. */
    private static final Set<String> COMPOSES = Set.of(
            "Main",
            "Shell",
            "ShellFiles",
            "Contexts",
            "JobClock",
            "JobEnvironment",
            "S3StateStorageFactory",
            "PacedWriter");

    private static final Set<String> THREAD_MAKERS = Set.of(
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ScheduledThreadPoolExecutor",
            "java.util.Timer");
    private static final Set<String> THREAD_STARTS =
            Set.of("<init>", "start", "ofPlatform", "ofVirtual", "startVirtualThread");
    private static final Set<String> WALL_CLOCKS = Set.of(
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system",
            "java.time.InstantSource.system",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.lang.System.currentTimeMillis",
            "java.lang.Math.random",
            "java.util.Random.<init>",
            "java.util.concurrent.ThreadLocalRandom.current");

    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("threads", threads());
        rules.put("clocks", clocks());
        rules.put("small interfaces", smallInterfaces());
        rules.put("flat inheritance", flatInheritance());
        rules.put("names", names());
        rules.put("locks", locks());
        return rules;
    }

    private ArchRule threads() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".runtime.worker..")
                .and(not("listed as a starter of threads", STARTS_THREADS.keySet()))
                .should()
                .callCodeUnitWhere(access("starts a thread", Shapes::startsAThread))
                .because("threads are made in one package, so that everything else can be stepped by a test:"
                        + " make it a task of the engine, or say in STARTS_THREADS why it cannot be one");
    }

    private static boolean startsAThread(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        if (THREAD_MAKERS.contains(owner.getName())) {
            return true;
        }
        if (owner.getName().equals("java.util.concurrent.CompletableFuture")) {
            return access.getName().endsWith("Async");
        }
        return owner.isAssignableTo(Thread.class) && THREAD_STARTS.contains(access.getName());
    }

    private ArchRule clocks() {
        return noClasses()
                .that(not("listed as a place of composition", COMPOSES))
                .should()
                .callCodeUnitWhere(access(
                        "asks the wall clock or chance",
                        access -> WALL_CLOCKS.contains(access.getTargetOwner().getName() + "." + access.getName())))
                .because(
                        "a run must be repeatable in a test: take an InstantSource, or a RandomGenerator, by constructor");
    }

    private ArchRule smallInterfaces() {
        return classes()
                .that()
                .resideInAPackage(root + ".spi..")
                .and()
                .areInterfaces()
                .should(haveAtMost(
                        4,
                        "abstract methods beside close",
                        type -> type.getMethods().stream()
                                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                                .filter(method -> !method.getName().equals("close"))
                                .count()))
                .because(
                        "whoever implements the SPI implements all of it: an ability that not all have is an interface of its own");
    }

    private ArchRule flatInheritance() {
        return classes()
                .should(haveAtMost(
                        1,
                        "superclasses of ours",
                        type -> type.getAllRawSuperclasses().stream()
                                .filter(above -> above.getPackageName().startsWith(root))
                                .count()))
                .because(
                        "what is shared by inheritance twice removed can't be read in one place: hold the shared part in a field");
    }

    private ArchRule names() {
        return noClasses()
                .should()
                .haveNameMatching(".*[.$]\\w*(Utils?|Helpers?|Manager)(\\$.*)?")
                .because(
                        "the name says that it has no job of its own: name it after the thing it is or the one thing it does");
    }

    private ArchRule locks() {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage(root + ".runtime.channel..")
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .because("state has one owner: hand a message over through a channel, or use an atomic");
    }

    private static DescribedPredicate<JavaClass> not(String description, Set<String> simpleNames) {
        return DescribedPredicate.describe("not " + description, type -> !simpleNames.contains(outermost(type)));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(Shapes::outermost).orElseGet(type::getSimpleName);
    }

    private static DescribedPredicate<JavaAccess<?>> access(String description, Predicate<JavaAccess<?>> test) {
        return DescribedPredicate.describe(description, test);
    }

    private static ArchCondition<JavaClass> haveAtMost(int most, String what, ToLongFunction<JavaClass> count) {
        return new ArchCondition<>("have at most " + most + " " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                long seen = count.applyAsLong(type);
                if (seen > most) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " has " + seen + " " + what));
                }
            }
        };
    }
}
