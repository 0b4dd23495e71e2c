package dev.millrace.bench.source;

/** A workload's changes as MySQL makes them itself, each by a statement of its own. */
final class MySqlChanges {
    private MySqlChanges() {}

    /** A procedure that makes the changes of one table; the same keys as the workload's methods give. */
    static String procedure(String name, Workload workload, String table) {
        long half = workload.rowsPerTable() / 2;
        return """
                create procedure %1$s(transactions bigint)
                begin
                  declare k bigint default 0;
                  declare j bigint default 0;
                  while k < transactions do
                    start transaction;
                    set j = k * %5$d;
                    while j < (k + 1) * %5$d do
                      insert into %2$s select %3$s from (select %4$d + 1 + j as i) as s;
                      set j = j + 1;
                    end while;
                    set j = k * %8$d;
                    while j < (k + 1) * %8$d do
                      update %2$s set price = price + 1, quantity = quantity + 1, updated = updated + interval 1 hour
                        where id = %6$d + 1 + j * %7$d %% %6$d;
                      set j = j + 1;
                    end while;
                    set j = k * %9$d;
                    while j < (k + 1) * %9$d do
                      delete from %2$s where id = 1 + j;
                      set j = j + 1;
                    end while;
                    commit;
                    set k = k + 1;
                  end while;
                end
                """.formatted(
                        name,
                        table,
                        MySqlRow.VALUES,
                        workload.rowsPerTable(),
                        Workload.INSERTS,
                        half,
                        Workload.SCATTER,
                        Workload.UPDATES,
                        Workload.DELETES);
    }
}
