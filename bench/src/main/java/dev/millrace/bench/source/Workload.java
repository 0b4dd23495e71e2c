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
    private static final long SCATTER = 2_654_435_761L;

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

    /** A procedure's body that makes the changes; the same keys as the methods above give. */
    String changesAsSql(String schema) {
        long half = rowsPerTable() / 2;
        return """
                declare
                  k bigint;
                  t text;
                begin
                  for n in 0 .. %1$d - 1 loop
                    k := n / %2$d;
                    t := '%3$s.t' || to_char(n %% %2$d, 'FM0000');
                    execute 'insert into ' || t || ' select %4$s from generate_series($1, $2) i'
                      using %5$d + 1 + k * %6$d, %5$d + (k + 1) * %6$d;
                    execute 'update ' || t || ' set price = price + 1, quantity = quantity + 1, updated = updated + interval ''1 hour'''
                      || ' where id = any(array(select %7$d + 1 + j * %8$d %% %7$d from generate_series($1, $2) j))'
                      using k * %9$d, (k + 1) * %9$d - 1;
                    execute 'delete from ' || t || ' where id between $1 and $2' using k * %10$d + 1, (k + 1) * %10$d;
                    commit;
                  end loop;
                end
                """.formatted(
                        transactions(),
                        tables,
                        schema,
                        RowText.VALUES.replace("'", "''"),
                        rowsPerTable(),
                        INSERTS,
                        half,
                        SCATTER,
                        UPDATES,
                        DELETES);
    }
}
