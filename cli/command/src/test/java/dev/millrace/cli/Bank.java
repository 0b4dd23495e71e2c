package dev.millrace.cli;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.testkit.memory.Changelog;
import dev.millrace.testkit.memory.MemoryDatabase;
import dev.millrace.testkit.memory.MemoryWarehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The world behind the test connectors: a database and a warehouse that outlive a command, and what they answer. */
final class Bank {
    private static final Map<String, Bank> BANKS = new ConcurrentHashMap<>();

    final Changelog changelog = Changelog.generate(new Random(1), 200);
    final MemoryDatabase database = new MemoryDatabase(changelog, 20, position -> {});
    final MemoryWarehouse warehouse = new MemoryWarehouse(change -> {});
    final List<Finding> findings = new ArrayList<>();
    final List<String> slots = new ArrayList<>();
    volatile @Nullable RuntimeException sourceFailure;
    volatile @Nullable RuntimeException sinkFailure;

    /** The bank that a pipeline file names, as {@code bank: x}; made where it is new. */
    static Bank named(String name) {
        return BANKS.computeIfAbsent(name, n -> new Bank());
    }

    static void failIfAsked(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }

    static MillraceException failure(String id, ErrorCode.Owner owner, String message) {
        return new MillraceException(
                new TestCode(new CatalogueEntry(id, owner, ErrorCode.Remedy.STOP)),
                message,
                "Do the right thing.",
                new IllegalStateException("the cause of it"));
    }

    record TestCode(CatalogueEntry entry) implements ErrorCode {}
}
