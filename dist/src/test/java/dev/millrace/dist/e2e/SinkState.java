package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.quickstart.Shop;
import dev.millrace.quickstart.ShopInvariant;
import dev.millrace.quickstart.ShopRows;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a warehouse against its source, and its manifests against the rules of the shop. */
final class SinkState {
    private static final String SCHEMA = "public";
    private final Path warehouse;

    SinkState(Path warehouse) {
        this.warehouse = warehouse;
    }

    /** Every table holds exactly the source's rows, no matter in which order. */
    void assertEqualsSource(ShopFixture shop) throws Exception {
        try (var connection = shop.connect();
                PaimonReader sink = new PaimonReader(warehouse)) {
            SourceReader source = new SourceReader(connection);
            for (String table : source.tables(SCHEMA)) {
                assertThat(sink.rows(SCHEMA, table, OptionalLong.empty()))
                        .as("rows of %s", table)
                        .containsExactlyInAnyOrderElementsOf(source.rows(SCHEMA, table));
            }
        }
    }

    /** All tables as of each manifest that claims consistency obey the rules; how many manifests were looked at. */
    int assertManifestsConsistent() throws Exception {
        int checked = 0;
        for (JsonNode manifest : manifests()) {
            if (manifest.get("state").asText().equals("consistent")) {
                assertThat(ShopInvariant.violations(rows(manifest)))
                        .as("manifest %s", manifest)
                        .isEmpty();
                checked++;
            }
        }
        return checked;
    }

    /** The published manifests, oldest first. */
    List<JsonNode> manifests() throws IOException {
        Path pipeline = warehouse.resolve("_millrace").resolve("shop");
        Path latest = pipeline.resolve("latest");
        if (!Files.exists(latest)) {
            return List.of();
        }
        Path folder = Objects.requireNonNull(
                pipeline.resolve(Files.readString(latest).strip()).getParent());
        List<JsonNode> manifests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                manifests.add(new ObjectMapper().readTree(file.toFile()));
            }
        }
        return manifests;
    }

    private ShopRows rows(JsonNode manifest) throws Exception {
        Map<String, List<Map<String, @Nullable String>>> tables = new HashMap<>();
        try (PaimonReader reader = new PaimonReader(warehouse)) {
            for (String table : Shop.TABLES) {
                JsonNode snapshot = manifest.get("tables").get(SCHEMA + "." + table);
                tables.put(
                        table,
                        snapshot == null || !snapshot.path("snapshot").isNumber()
                                ? List.of()
                                : reader.rows(
                                        SCHEMA,
                                        table,
                                        OptionalLong.of(snapshot.get("snapshot").asLong())));
            }
        }
        return new ShopRows(
                each(tables, "customers", row -> new ShopRows.Customer(whole(row, "id"), amount(row, "balance"))),
                each(
                        tables,
                        "products",
                        row -> new ShopRows.Product(whole(row, "id"), whole(row, "stock"), whole(row, "supplied"))),
                each(
                        tables,
                        "orders",
                        row -> new ShopRows.Order(
                                whole(row, "id"),
                                whole(row, "customer_id"),
                                amount(row, "total"),
                                amount(row, "paid"))),
                each(
                        tables,
                        "order_lines",
                        row -> new ShopRows.OrderLine(
                                whole(row, "order_id"),
                                (int) whole(row, "line_no"),
                                whole(row, "product_id"),
                                (int) whole(row, "quantity"),
                                amount(row, "unit_price"))),
                each(
                        tables,
                        "payments",
                        row -> new ShopRows.Payment(whole(row, "id"), whole(row, "order_id"), amount(row, "amount"))));
    }

    private static <T> List<T> each(
            Map<String, List<Map<String, @Nullable String>>> tables,
            String table,
            Function<Map<String, @Nullable String>, T> make) {
        return Objects.requireNonNull(tables.get(table)).stream().map(make).toList();
    }

    private static long whole(Map<String, @Nullable String> row, String column) {
        return Long.parseLong(Objects.requireNonNull(row.get(column)));
    }

    private static BigDecimal amount(Map<String, @Nullable String> row, String column) {
        return new BigDecimal(Objects.requireNonNull(row.get(column)));
    }
}
