package dev.millrace.dist.e2e;

import java.util.List;

/** What {@link RoughTrade} has to say in another way to another server. */
enum Dialect {
    POSTGRES {
        @Override
        List<String> session() {
            return List.of();
        }

        @Override
        String numbers(int last) {
            return "generate_series(1, " + last + ") n";
        }

        @Override
        List<String> afterCreation() {
            return List.of(
                    "alter table documents alter body set storage external",
                    "alter table events replica identity full",
                    "create table accounts_even partition of accounts for values in (0)",
                    "create table accounts_odd partition of accounts for values in (1)");
        }

        @Override
        String partitions() {
            return "";
        }

        @Override
        String empty(String table) {
            return "truncate " + table;
        }

        @Override
        List<String> replaceMember(int serial) {
            return List.of(
                    "with gone as (delete from members where serial = " + serial + " returning id, serial)"
                            + " select set_config('rough.id', id::text, true) from gone",
                    "insert into members values (current_setting('rough.id')::bigint, " + serial + ", 'again')");
        }
    },
    MYSQL {
        @Override
        List<String> session() {
            return List.of(
                    "set session /*!80000 cte_max_recursion_depth = 100000 *//*M!100000 max_recursive_iterations = 100000 */");
        }

        @Override
        String numbers(int last) {
            return "(with recursive s (n) as (select 1 union all select n + 1 from s where n < " + last
                    + ") select n from s) numbers";
        }

        @Override
        List<String> afterCreation() {
            return List.of();
        }

        @Override
        String partitions() {
            return " (partition even values in (0), partition odd values in (1))";
        }

        // A truncation would be a transaction of its own.
        @Override
        String empty(String table) {
            return "delete from " + table;
        }

        @Override
        List<String> replaceMember(int serial) {
            return List.of(
                    "select id into @id from members where serial = " + serial + " for update",
                    "delete from members where serial = " + serial,
                    "insert into members values (@id, " + serial + ", 'again')");
        }
    };

    /** What a session begins with. */
    abstract List<String> session();

    /** A table of one column {@code n}, from 1 on. */
    abstract String numbers(int last);

    /** Once tables are there, before they have rows. */
    abstract List<String> afterCreation();

    /** Behind {@code partition by list (region)}. */
    abstract String partitions();

    /** Within a transaction. */
    abstract String empty(String table);

    /** Deletes a member and inserts it again, by its id. */
    abstract List<String> replaceMember(int serial);
}
