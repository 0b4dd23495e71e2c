package dev.millrace.source.postgres.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Changes as text, table by table, in the order in which they came; each row with its transaction. */
final class Changes {
    private final Map<String, List<String>> byTable = new TreeMap<>();
    private final List<Long> transactions = new ArrayList<>();

    void row(long transaction, String table, String change) {
        if (transactions.isEmpty() || transactions.getLast() != transaction) {
            transactions.add(transaction);
        }
        add(table, transaction + " " + change);
    }

    /** Not with its transaction: the engine is told of it between two batches. */
    void truncation(String table) {
        add(table, "truncated");
    }

    private void add(String table, String change) {
        byTable.computeIfAbsent(table, name -> new ArrayList<>()).add(change);
    }

    Map<String, List<String>> byTable() {
        return byTable;
    }

    /** Transactions in the order of their rows; one comes again where its rows don't follow each other. */
    List<Long> transactions() {
        return transactions;
    }

    long count() {
        return byTable.values().stream().mapToLong(List::size).sum();
    }
}
