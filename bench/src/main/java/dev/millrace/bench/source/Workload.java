package dev.millrace.bench.source;

/**
 * What the tables hold and what then changes in them. A transaction changes 100 rows of one table: 60 inserts of new keys, 30
 * updates scattered over the upper half of the loaded keys, 10 deletes from the lowest key on.
 *
 * @param rows    rows over all tables
 * @param tables  how many tables share them
 * @param changes row changes over all tables
 */
public record Workload(long rows, int tables, long changes) {
    public static final int INSERTS = 60;
    public static final int UPDATES = 30;
    public static final int DELETES = 10;
    private static final int PER_TRANSACTION = INSERTS + UPDATES + DELETES;
    static final long SCATTER = 2_654_435_761L;

    public Workload {
        if (rows / tables < 1000) {
            throw new IllegalArgumentException(
                    "A table needs at least 1000 rows: " + rows + " rows in " + tables + " tables");
        }
        if (changes / tables / PER_TRANSACTION * DELETES > rows / tables / 2) {
            throw new IllegalArgumentException(changes + " changes would delete more than half of " + rows + " rows");
        }
    }

    public long rowsPerTable() {
        return rows / tables;
    }

    public long transactions() {
        return changes / PER_TRANSACTION;
    }

    /** The keys of a table that are deleted and inserted move on by this many each transaction. */
    public long insertedKey(long transaction, int index) {
        return rowsPerTable() + 1 + transaction * INSERTS + index;
    }

    public long updatedKey(long transaction, int index) {
        long half = rowsPerTable() / 2;
        return half + 1 + (transaction * UPDATES + index) * SCATTER % half;
    }

    public long deletedKey(long transaction, int index) {
        return 1 + transaction * DELETES + index;
    }

    /** The name of a table, from 0 on, without its schema. */
    public static String table(int number) {
        return "t%04d".formatted(number);
    }
}
