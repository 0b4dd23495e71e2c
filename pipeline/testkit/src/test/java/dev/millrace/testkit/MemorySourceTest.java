package dev.millrace.testkit;

import dev.millrace.schema.TableId;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.testkit.contract.SourceContract;
import dev.millrace.testkit.memory.Changelog;
import dev.millrace.testkit.memory.MemoryDatabase;
import java.util.List;
import java.util.Map;
import java.util.Random;

class MemorySourceTest extends SourceContract {
    private static final int FIRST_TRANSACTIONS = 10;
    private final Changelog changelog = Changelog.generate(new Random(3), 100);
    private final MemoryDatabase database = new MemoryDatabase(changelog, 5, position -> {});
    private long head = FIRST_TRANSACTIONS;

    MemorySourceTest() {
        database.showUpTo(head);
    }

    @Override
    protected Source open(SourceContext context) {
        return database.source(context);
    }

    @Override
    protected void transaction() {
        database.showUpTo(++head);
    }

    @Override
    protected Map<TableId, List<String>> content() {
        return changelog.rowsAt(head);
    }
}
