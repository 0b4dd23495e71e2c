package dev.millrace.bench.source;

/** A workload's changes as PostgreSQL makes them itself. */
final class PostgresChanges {
    private PostgresChanges() {}

    /** A procedure's body; the same keys as the workload's methods give. */
    static String sql(Workload workload, String schema) {
        long half = workload.rowsPerTable() / 2;
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
                        workload.transactions(),
                        workload.tables(),
                        schema,
                        PostgresRow.VALUES.replace("'", "''"),
                        workload.rowsPerTable(),
                        Workload.INSERTS,
                        half,
                        Workload.SCATTER,
                        Workload.UPDATES,
                        Workload.DELETES);
    }
}
