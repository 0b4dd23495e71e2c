package dev.millrace.testkit.memory;

import dev.millrace.model.Operation;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A small bank's history: accounts whose balances always sum to the same, a journal without a key that shows any row
 * written twice, and notes that are emptied now and then. Most transactions touch several tables.
 */
public final class Changelog {
    public static final TableId ACCOUNTS = new TableId("bank", "public", "accounts");
    public static final TableId JOURNAL = new TableId("bank", "public", "journal");
    public static final TableId NOTES = new TableId("bank", "public", "notes");
    private static final int FIRST_BALANCE = 1_000;
    private static final int ACCOUNT_COUNT = 9;

    private final Map<TableId, Schema> schemas = new TreeMap<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final TreeMap<Long, List<Long>> accounts = new TreeMap<>();
    private long nextId = 1;

    private Changelog() {
        declare(ACCOUNTS, List.of("id", "owner", "balance"), List.of(0));
        declare(JOURNAL, List.of("entry", "amount"), List.of());
        declare(NOTES, List.of("id", "text"), List.of(0));
    }

    /** So many transactions, after a first one that opens the accounts. */
    public static Changelog generate(RandomGenerator random, int count) {
        Changelog changelog = new Changelog();
        changelog.openAccounts();
        for (int i = 0; i < count; i++) {
            changelog.add(changelog.changes(random));
        }
        return changelog;
    }

    public Collection<Schema> schemas() {
        return schemas.values();
    }

    Schema schema(TableId table) {
        return Objects.requireNonNull(schemas.get(table), table::toString);
    }

    /** The position of the newest transaction. */
    public long head() {
        return transactions.size();
    }

    Transaction at(long position) {
        return transactions.get((int) position - 1);
    }

    /** The rows of each table that had any, as text, right after the transaction at this position. */
    public Map<TableId, List<String>> rowsAt(long position) {
        Map<TableId, List<String>> rows = new TreeMap<>();
        contentAt(position).forEach((table, content) -> {
            if (!content.rows().isEmpty()) {
                rows.put(
                        table,
                        content.rows().stream().map(List::toString).sorted().toList());
            }
        });
        return rows;
    }

    /** All tables as they were right after the transaction at this position, as text. */
    public String stateAt(long position) {
        return textOf(contentAt(position));
    }

    /** The rows of a table right after the transaction at this position. */
    Collection<List<Long>> rowsOf(TableId table, long position) {
        return Objects.requireNonNull(contentAt(position).get(table)).rows();
    }

    private Map<TableId, TableContent> contentAt(long position) {
        Map<TableId, TableContent> tables = new TreeMap<>();
        schemas.forEach((table, schema) -> tables.put(table, new TableContent(schema)));
        for (Transaction transaction : transactions.subList(0, (int) position)) {
            transaction
                    .changes()
                    .forEach(change ->
                            Objects.requireNonNull(tables.get(change.table())).apply(change));
        }
        return tables;
    }

    static String textOf(Map<TableId, TableContent> tables) {
        StringBuilder text = new StringBuilder();
        tables.forEach((table, content) ->
                text.append(table.name()).append('=').append(content.text()).append('\n'));
        return text.toString();
    }

    private void openAccounts() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < ACCOUNT_COUNT; i++) {
            changes.add(account(Operation.INSERT, nextId++, i, FIRST_BALANCE));
        }
        changes.add(Change.insert(JOURNAL, 0L, 0L));
        changes.add(Change.insert(NOTES, nextId++, 1L));
        add(changes);
    }

    private List<Change> changes(RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0 -> List.of(Change.truncate(NOTES), Change.insert(NOTES, nextId++, random.nextLong(100)));
            case 1 -> newKey(random);
            case 2 -> List.of(Change.insert(NOTES, nextId++, random.nextLong(100)));
            default -> transfer(random);
        };
    }

    private List<Change> transfer(RandomGenerator random) {
        List<Long> from = anyAccount(random);
        List<Long> to = anyAccount(random);
        long amount = from.equals(to) ? 0 : random.nextLong(50);
        return List.of(
                account(Operation.UPDATE_AFTER, from.get(0), from.get(1), from.get(2) - amount),
                Change.insert(JOURNAL, nextId++, amount),
                account(Operation.UPDATE_AFTER, to.get(0), to.get(1), to.get(2) + (from.equals(to) ? 0 : amount)),
                Change.insert(NOTES, nextId++, amount));
    }

    /** The account goes on under another key. */
    private List<Change> newKey(RandomGenerator random) {
        List<Long> account = anyAccount(random);
        accounts.remove(account.get(0));
        return List.of(
                Change.delete(ACCOUNTS, account.toArray(Long[]::new)),
                account(Operation.INSERT, nextId++, account.get(1), account.get(2)));
    }

    private List<Long> anyAccount(RandomGenerator random) {
        return new ArrayList<>(accounts.values()).get(random.nextInt(accounts.size()));
    }

    private Change account(Operation operation, long id, long owner, long balance) {
        List<Long> row = List.of(id, owner, balance);
        accounts.put(id, row);
        return new Change(ACCOUNTS, Optional.of(operation), row);
    }

    private void add(List<Change> changes) {
        transactions.add(new Transaction(transactions.size() + 1L, changes));
    }

    private void declare(TableId table, List<String> names, List<Integer> key) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(new Column(columns.size() + 1, name, new DataType.Int64(), false));
        }
        schemas.put(table, new Schema(table, 1, columns, key));
    }
}
