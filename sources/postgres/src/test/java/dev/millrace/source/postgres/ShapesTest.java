package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.split.Chunks;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.source.postgres.split.TableSnapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of many shapes: how they are cut, and that every row comes once. */
class ShapesTest {
    private static final String WIDE = ", filler text) with (fillfactor = 10)";

    private static Chunks chunks(SnapshotHarness harness, String table) {
        return EnumeratorState.of(harness.enumerator.state()).tables().stream()
                .filter(each -> each.table().id().name().equals(table))
                .map(TableSnapshot::chunks)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "bigint primary key; i; ByKey",
                "smallint primary key; i - 20000; ByKey",
                "bigint primary key; i * 1000003::bigint * i; ByKey",
                "numeric primary key; i / 3.0; ByKey",
                "timestamptz primary key; timestamptz '1999-12-31' + i * interval '1 hour'; ByKey",
                "date primary key; date '0100-01-01 BC' + i; ByKey",
                "text collate \"C\" primary key; 'it''s \\' || lpad(i::text, 6, '0'); ByKey",
                "bytea primary key; decode(lpad(to_hex(i), 8, '0'), 'hex'); ByKey",
                "uuid primary key; lpad(to_hex(i), 32, '0')::uuid; ByKey",
                "uuid primary key; md5(i::text)::uuid; ByPages",
                "text primary key; 'k' || i; ByPages",
                "varchar(20); 'no key ' || i; ByPages",
            })
    void readsEveryRowOnceWhateverItsKey(String type, String value, String cut) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table wide (\"Key\" " + type + WIDE,
                    "insert into wide select " + value + ", repeat('x', 300) || i from generate_series(1, 40000) i",
                    "analyze wide");
            if (!type.contains("primary key")) {
                database.execute("alter table wide replica identity full");
            }
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                Chunks chunks = chunks(harness, "wide");
                assertThat(chunks.getClass().getSimpleName()).isEqualTo(cut);
                assertThat(chunks.count()).isBetween(2, 6);
                harness.readAll();
                assertThat(harness.sorted(database.name(), "wide").stream()
                                .map(row -> row.substring(row.indexOf("|xxx") + 1))
                                .sorted())
                        .isEqualTo(database.query("select filler from wide order by filler collate \"C\""));
            }
        }
    }

    @Test
    void cutsByPagesWhereAKeyBeginsWithFewValues() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table wide (tenant int, id int, primary key (tenant, id)" + WIDE,
                    "insert into wide select 1 + i / 30000, i, repeat('x', 300) from generate_series(1, 40000) i",
                    "analyze wide");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                assertThat(chunks(harness, "wide")).isInstanceOf(Chunks.ByPages.class);
                harness.readAll();
                assertThat(harness.sorted(database.name(), "wide"))
                        .hasSize(40_000)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readsPartitionedTablesThroughTheirRoot(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table parted (id int, filler text, primary key (id)) partition by range (id)",
                    "create table parted_a partition of parted for values from (0) to (20000) with (fillfactor = 10)",
                    "create table parted_b partition of parted for values from (20000) to (90000) partition by hash (id)",
                    "create table parted_b0 partition of parted_b for values with (modulus 2, remainder 0) with (fillfactor = 10)",
                    "create table parted_b1 partition of parted_b for values with (modulus 2, remainder 1) with (fillfactor = 10)",
                    "insert into parted select i, repeat('x', 300) from generate_series(1, 40000) i",
                    "create table keyless (a int, filler text) partition by list (a)",
                    "create table keyless_1 partition of keyless for values in (1) with (fillfactor = 10)",
                    "create table keyless_2 partition of keyless default with (fillfactor = 10)",
                    "insert into keyless select 1 + i % 3, repeat('x', 300) || i from generate_series(1, 40000) i",
                    "alter table keyless replica identity full",
                    "alter table keyless_1 replica identity full",
                    "alter table keyless_2 replica identity full",
                    "analyze");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                assertThat(chunks(harness, "parted")).isInstanceOf(Chunks.ByKey.class);
                assertThat(chunks(harness, "keyless")).isInstanceOf(Chunks.ByPages.class);
                harness.readAll();
                assertThat(harness.rows.keySet())
                        .containsExactly(
                                new TableId(database.name(), "public", "keyless"),
                                new TableId(database.name(), "public", "parted"));
                assertThat(harness.sorted(database.name(), "parted"))
                        .hasSize(40_000)
                        .doesNotHaveDuplicates();
                assertThat(harness.sorted(database.name(), "keyless"))
                        .hasSize(40_000)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void takesNamesAsTheyAre() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create schema \"My.Schema\"",
                    "create table \"My.Schema\".\"T\"\"able 😀\" (\"Select\" int, \"a.b\" text, \"ünï \"\"c\"\"\" int, primary key (\"a.b\", \"Select\"))",
                    "comment on table \"My.Schema\".\"T\"\"able 😀\" is 'what it''s for'",
                    "comment on column \"My.Schema\".\"T\"\"able 😀\".\"a.b\" is 'a comment'",
                    "insert into \"My.Schema\".\"T\"\"able 😀\" values (1, 'x', 2)",
                    "alter table \"My.Schema\".\"T\"\"able 😀\" drop column \"ünï \"\"c\"\"\"",
                    "alter table \"My.Schema\".\"T\"\"able 😀\" add column \"new\" int default 7");
            try (SnapshotHarness harness = new SnapshotHarness(
                    database.section("\\.*", "tables", database.name() + ".my\\.schema.\\.*"), 2, Optional.empty())) {
                harness.readAll();
                TableId id = new TableId(database.name(), "My.Schema", "T\"able 😀");
                assertThat(harness.rows.get(id)).containsExactly("1|x|7");
                assertThat(harness.openingChanges)
                        .containsExactly(new SchemaChange.CreateTable(new Schema(
                                id,
                                1,
                                List.of(
                                        new Column(1, "Select", new DataType.Int32(), false),
                                        new Column(2, "a.b", new DataType.Text(), false, Optional.of("a comment")),
                                        new Column(4, "new", new DataType.Int32(), true)),
                                List.of(1, 0),
                                Optional.of("what it's for"))));
            }
        }
    }

    @Test
    void leavesChildrenOfAnInheritedTableToThemselves() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table parent (id int primary key)",
                    "create table child (primary key (id)) inherits (parent)",
                    "insert into parent values (1)",
                    "insert into child values (2)");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty())) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "parent")).containsExactly("1");
                assertThat(harness.sorted(database.name(), "child")).containsExactly("2");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"14,1|", "18,1|2|"})
    void readsGeneratedColumnsWhereTheLogHasThem(int major, String expected) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table made (id int primary key, twice int generated always as (id * 2) stored, z text)",
                    "insert into made values (1)");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty())) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "made")).containsExactly(expected + "null");
            }
        }
    }

    @Test
    void namesRowsByTheIndexOfTheReplicaIdentity() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table ruled (id int primary key, a int not null, b int not null, c int)",
                    "create unique index by_ba on ruled (b, a) include (c)",
                    "alter table ruled replica identity using index by_ba");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty())) {
                assertThat(harness.openingChanges)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                SchemaChange.CreateTable.class,
                                change -> assertThat(change.schema().key()).containsExactly(2, 1));
            }
        }
    }

    @Test
    void readsAThousandTablesInSeconds() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("do $$ begin for i in 1..1000 loop execute format("
                    + "'create table many_%s (id int primary key, a text, b numeric(10,2))', i);"
                    + " execute format('insert into many_%s values (1, ''x'', 2.5)', i); end loop; end $$");
            long start = System.nanoTime();
            try (SnapshotHarness harness = new SnapshotHarness(database.section("many_\\.*"), 2, Optional.empty())) {
                harness.readAll();
                assertThat(harness.rows).hasSize(1000);
                assertThat(harness.rows.values()).allMatch(rows -> rows.equals(List.of("1|x|2.50")));
                assertThat(harness.enumerator.state().bytes()).hasSizeLessThan(100_000);
            }
            System.out.println("1000 tables: " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }
}
