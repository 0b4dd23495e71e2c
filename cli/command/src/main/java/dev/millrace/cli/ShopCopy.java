package dev.millrace.cli;

import dev.millrace.quickstart.EmbeddedShop;
import dev.millrace.quickstart.Shop;
import dev.millrace.quickstart.ShopRows;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Readable;
import dev.millrace.spi.Readable.Rows;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The shop's tables as the sink holds them. */
record ShopCopy(Map<String, Rows> tables) {
    static ShopCopy read(Readable sink, UnaryOperator<TableId> routes) {
        Map<String, Rows> tables = new HashMap<>();
        for (String name : Shop.TABLES) {
            TableId table = routes.apply(new TableId(EmbeddedShop.DATABASE, "public", name));
            tables.put(name, sink.rows(table, Integer.MAX_VALUE, OptionalLong.empty()));
        }
        return new ShopCopy(tables);
    }

    long count(String table) {
        return table(table).cells().size();
    }

    ShopRows rows() {
        return new ShopRows(
                all("customers", row -> new ShopRows.Customer(row.number("id"), row.amount("balance"))),
                all(
                        "products",
                        row -> new ShopRows.Product(row.number("id"), row.number("stock"), row.number("supplied"))),
                all(
                        "orders",
                        row -> new ShopRows.Order(
                                row.number("id"), row.number("customer_id"), row.amount("total"), row.amount("paid"))),
                all(
                        "order_lines",
                        row -> new ShopRows.OrderLine(
                                row.number("order_id"),
                                (int) row.number("line_no"),
                                row.number("product_id"),
                                (int) row.number("quantity"),
                                row.amount("unit_price"))),
                all(
                        "payments",
                        row -> new ShopRows.Payment(row.number("id"), row.number("order_id"), row.amount("amount"))));
    }

    private <T> List<T> all(String name, Function<Row, T> reader) {
        Rows rows = table(name);
        return rows.cells().stream()
                .map(cells -> reader.apply(new Row(rows, cells)))
                .toList();
    }

    private Rows table(String name) {
        Rows rows = tables.get(name);
        if (rows == null) {
            throw new IllegalArgumentException(name);
        }
        return rows;
    }

    private record Row(Rows rows, List<java.util.Optional<String>> cells) {
        long number(String column) {
            return Long.parseLong(text(column));
        }

        BigDecimal amount(String column) {
            return new BigDecimal(text(column));
        }

        private String text(String column) {
            return cells.get(rows.columns().indexOf(column)).orElseThrow();
        }
    }
}
