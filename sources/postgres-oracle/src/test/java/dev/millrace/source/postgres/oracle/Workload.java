package dev.millrace.source.postgres.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Transactions of several sessions, interleaved by chance, and by the same chance again for the same seed. Each session keeps
 * to rows of its own, so that none waits for another: all are driven by one thread.
 */
final class Workload {
    /** Tables whose old rows come whole. */
    static final Set<String> FULL = Set.of("audit", "keyless");

    /** Names of the columns that make the key, for tables whose old rows are known by it alone. */
    static final Set<String> KEY_COLUMNS = Set.of("id", "a", "b");

    static final List<String> TABLES = List.of("item", "note", "audit", "keyless", "part", "done");
    static final String END = "insert into done values (1)";

    private static final int SESSIONS = 3;
    private static final int IDS = 25;
    private static final String LARGE = "repeat(md5(random()::text), 200)";

    private final Random random;
    private final Connection[] sessions;
    private final boolean[] open = new boolean[SESSIONS];

    Workload(long seed, Connection... sessions) {
        this.random = new Random(seed);
        this.sessions = sessions;
    }

    static int sessions() {
        return SESSIONS;
    }

    static List<String> preparation() {
        return List.of(
                "create table item (id int primary key, name text, price numeric(12,2), stock bigint, active boolean)",
                "create table note (a int, body text, b varchar(20), n int, primary key (b, a))",
                "alter table note alter body set storage external",
                "create table audit (id int primary key, body text, n int)",
                "alter table audit alter body set storage external",
                "alter table audit replica identity full",
                "create table keyless (n int, t text)",
                "alter table keyless replica identity full",
                "create table part (id int primary key, v text) partition by range (id)",
                "create table part_low partition of part for values from (0) to (30)",
                "create table part_high partition of part for values from (30) to (2000000)",
                "create table done (id int primary key)");
    }

    void run(int steps) throws SQLException {
        for (int session = 0; session < SESSIONS; session++) {
            execute(session, "set lock_timeout = '10s'");
        }
        for (int i = 0; i < steps; i++) {
            step(random.nextInt(SESSIONS));
        }
        for (int session = 0; session < SESSIONS; session++) {
            end(session);
        }
    }

    private void step(int session) throws SQLException {
        if (!open[session]) {
            execute(session, "begin");
            open[session] = true;
        }
        int chance = random.nextInt(100);
        if (chance < 20) {
            end(session);
        } else if (chance < 23) {
            execute(session, "savepoint s", change(session), change(session), "rollback to savepoint s");
        } else if (chance < 26) {
            execute(session, "savepoint s", change(session), "release savepoint s");
        } else if (chance < 28) {
            int first = 1_000_000 + session * 10_000;
            execute(
                    session,
                    "insert into part select i, 'many' from generate_series(" + first + ", " + (first + 999) + ") i"
                            + " on conflict do nothing",
                    "delete from part where id between " + first + " and " + (first + random.nextInt(1_000)));
        } else if (chance < 30) {
            truncate(session);
        } else {
            execute(session, change(session));
        }
    }

    private void end(int session) throws SQLException {
        if (open[session]) {
            execute(session, random.nextInt(8) == 0 ? "rollback" : "commit");
            open[session] = false;
        }
    }

    /** Only when no other transaction is open, and to the end of its own: nobody waits for anybody. */
    private void truncate(int session) throws SQLException {
        for (int other = 0; other < SESSIONS; other++) {
            if (other != session && open[other]) {
                return;
            }
        }
        execute(session, random.nextBoolean() ? "truncate keyless" : "truncate item, note");
        end(session);
    }

    private String change(int session) {
        int id = id(session);
        return switch (random.nextInt(18)) {
            case 0, 1, 2 ->
                "insert into item values (" + id + ", " + text() + ", " + random.nextInt(1_000_000) + " / 100.0, "
                        + random.nextLong() + ", " + (random.nextInt(3) == 0 ? "null" : "true")
                        + ") on conflict do nothing";
            case 3 -> "update item set price = price + 0.01, name = " + text() + " where id = " + id;
            case 4 -> moved("item", "id", id, id(session));
            case 5 -> "delete from item where id = " + id;
            case 6, 7 ->
                "insert into note values (" + id + ", " + (random.nextBoolean() ? LARGE : text())
                        + ", 'é''\" 😀', 0) on conflict do nothing";
            case 8 -> "update note set n = n + 1 where a = " + id;
            case 9 -> moved("note", "body = 'moved', a", "a", id, id(session));
            case 10 -> "delete from note where a = " + id;
            case 11 -> "insert into audit values (" + id + ", " + LARGE + ", 0) on conflict do nothing";
            case 12 -> "update audit set n = n + 1 where id between " + id + " and " + id;
            case 13 -> moved("audit", "id", id, id(session));
            case 14 -> "delete from audit where id = " + id;
            case 15 -> "insert into keyless select " + id + ", " + text() + " from generate_series(1, 3)";
            case 16 ->
                random.nextBoolean()
                        ? "update keyless set t = " + text() + " where n = " + id
                        : "delete from keyless where n = " + id;
            default ->
                random.nextBoolean()
                        ? "insert into part values (" + id + ", " + text() + ") on conflict do nothing"
                        : moved("part", "id", id, id(session));
        };
    }

    private static String moved(String table, String key, int from, int to) {
        return moved(table, key, key, from, to);
    }

    private static String moved(String table, String set, String key, int from, int to) {
        return "update " + table + " set " + set + " = " + to + " where " + key + " = " + from
                + " and not exists (select from " + table + " where " + key + " = " + to + ")";
    }

    private int id(int session) {
        return random.nextInt(IDS) * SESSIONS + session;
    }

    private String text() {
        return random.nextInt(6) == 0 ? "null" : "'text " + random.nextInt(1_000) + "'";
    }

    private void execute(int session, String... statements) throws SQLException {
        try (Statement statement = sessions[session].createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
