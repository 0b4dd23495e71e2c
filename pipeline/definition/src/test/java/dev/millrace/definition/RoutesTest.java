package dev.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoutesTest {
    private static final TableId ORDERS = new TableId("shop", "public", "orders");

    @TempDir
    private Path folder;

    private PipelineFiles files;

    @BeforeEach
    void setUp() {
        files = PipelineFiles.in(folder);
    }

    @Test
    void keepsTheNameOfATableWithoutARoute() {
        assertThat(routes("[]").apply(ORDERS)).isEqualTo(ORDERS);
        assertThat(routes("[{source-table: other.\\.*, sink-table: a.b}]").apply(ORDERS))
                .isEqualTo(ORDERS);
    }

    @Test
    void matchesTheWholeNameWithOrWithoutItsDatabase() {
        assertThat(routes("[{source-table: shop.public.orders, sink-table: ods.o}]")
                        .apply(ORDERS))
                .isEqualTo(TableId.of("ods", "o"));
        assertThat(routes("[{source-table: public.orders, sink-table: ods.o}]").apply(ORDERS))
                .isEqualTo(TableId.of("ods", "o"));
        assertThat(routes("[{source-table: shop.\\.*.ord\\.*, sink-table: ods.o}]")
                        .apply(ORDERS))
                .isEqualTo(TableId.of("ods", "o"));
        assertThat(routes("[{source-table: public.order, sink-table: ods.o}]").apply(ORDERS))
                .isEqualTo(ORDERS);
        assertThat(routes("[{source-table: shopXpublicXorders, sink-table: ods.o}]")
                        .apply(ORDERS))
                .isEqualTo(ORDERS);
    }

    @Test
    void takesAlternativesByCommaButNotInsideOfBrackets() {
        Routes routes = routes("[{source-table: 'a.x{1,2}, b.[y,z]', sink-table: c.d}]");

        assertThat(routes.apply(TableId.of("a", "xx"))).isEqualTo(TableId.of("c", "d"));
        assertThat(routes.apply(TableId.of("b", ","))).isEqualTo(TableId.of("c", "d"));
        assertThat(routes.apply(TableId.of("b", "xx"))).isEqualTo(TableId.of("b", "xx"));
    }

    @Test
    void putsTheSourceTablesNameWhereTheSymbolStands() {
        Routes routes = routes("[{source-table: shop.\\.*.\\.*, sink-table: ods.pre_<>_<>, replace-symbol: <>}]");

        assertThat(routes.apply(ORDERS)).isEqualTo(TableId.of("ods", "pre_orders_orders"));
        assertThat(routes.apply(new TableId("shop", "public", "a.b $1")))
                .isEqualTo(TableId.of("ods", "pre_a.b $1_a.b $1"));
    }

    @Test
    void putsGroupsOfThePatternIn() {
        Routes routes = routes("[{source-table: 'db_([a-z]*).(\\.*)_tbl', sink-table: sink_$1.table_$2}]");

        assertThat(routes.apply(TableId.of("db_foo", "bar_tbl"))).isEqualTo(TableId.of("sink_foo", "table_bar"));
        assertThat(routes.apply(TableId.of("db_f", "a.b$1_tbl"))).isEqualTo(TableId.of("sink_f", "table_a.b$1"));
    }

    @Test
    void keepsDatabaseAndSchemaWhereOnlyATableIsNamed() {
        assertThat(routes("[{source-table: \\.*.\\.*.orders, sink-table: purchases}]")
                        .apply(ORDERS))
                .isEqualTo(new TableId("shop", "public", "purchases"));
    }

    @Test
    void refusesATableThatTwoRoutesSendToDifferentTables() {
        String both = "[{source-table: public.orders, sink-table: a.b}, {source-table: public.\\.*, sink-table: c.d}]";

        assertThatThrownBy(() -> routes(both).apply(ORDERS))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(DefinitionError.ROUTE_AMBIGUOUS))
                .hasMessageContaining("shop.public.orders has more than one route: to a.b at")
                .hasMessageContaining("shop.yaml:5:9")
                .hasMessageContaining("shop.yaml:5:57");
        assertThat(files.read(PipelineFiles.MINIMAL + "route: " + both + "\npipeline: {route-mode: FIRST_MATCH}\n")
                        .routes()
                        .apply(ORDERS))
                .isEqualTo(TableId.of("a", "b"));
    }

    @Test
    void acceptsTwoRoutesThatAgree() {
        assertThat(routes(
                                "[{source-table: public.orders, sink-table: a.b}, {source-table: public.\\.*, sink-table: a.b}]")
                        .apply(ORDERS))
                .isEqualTo(TableId.of("a", "b"));
    }

    @Test
    void refusesTablesOfDifferentShapeInOneTable() {
        Routes routes = routes("[{source-table: db.\\.*, sink-table: a.merged}]");
        Schema one = schema("one", new DataType.Int32());
        Schema two = schema("two", new DataType.Int64());

        assertThatCode(() -> routes.refuseMixedShapes(List.of(one, schema("other", new DataType.Int32()))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> routes.refuseMixedShapes(List.of(one, two)))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(DefinitionError.ROUTE_MIXES_SHAPES))
                .hasMessageContaining("db.one and db.two both go into a.merged")
                .hasMessageContaining("column 'v'");
    }

    @Test
    void reportsRoutesThatCanNotBeUsed() {
        assertThat(files.problems(PipelineFiles.MINIMAL + """
                route:
                  - {source-table: a.b, sink-table: a.$1}
                  - {source-table: a.b, sink-table: a.b.c.d}
                  - {source-table: a.b, sink-table: a.<>, replace-symbol: ''}
                  - just text
                """)).isEqualTo("""
                shop.yaml:6:37: 'sink-table' uses $1, and 'source-table' has 0 groups. Put what it shall mean into parentheses in 'source-table'.
                shop.yaml:7:37: 'sink-table' is 'a.b.c.d'. Write table, database.table or database.schema.table.
                shop.yaml:8:59: 'replace-symbol' is empty or holds a dot. Take one such as <>.
                shop.yaml:9:5: 'route' is a single value. It takes keys with values, indented below it.
                shop.yaml:9:5: 'route' lacks 'source-table'. Add 'source-table: …'.
                shop.yaml:9:5: 'route' lacks 'sink-table'. Add 'sink-table: …'.""");
    }

    private Routes routes(String list) {
        return files.read(PipelineFiles.MINIMAL + "route: " + list + "\n").routes();
    }

    private static Schema schema(String name, DataType type) {
        return new Schema(
                TableId.of("db", name),
                1,
                List.of(new Column(1, "v", type, true, java.util.Optional.empty())),
                List.of());
    }
}
