package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.quickstart.ShopInvariant;
import dev.millrace.quickstart.ShopRows;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a warehouse against its source, and its manifests against the rules of the shop. */
final class SinkState {
    private final Path warehouse;
    private final String namespace;
    private final List<Rule> rules;
    private final Set<Long> checked = new HashSet<>();

    /** A warehouse whose tables keep the rules of the shop. */
    SinkState(Path warehouse) {
        this(warehouse, "public", List.of(SinkState::assertShopIsRight));
    }

    /** What a pipeline has made of the fixture's database. */
    static SinkState of(ShopFixture shop) {
        return new SinkState(shop.warehouse(), shop.origin().namespace(), shop.rules());
    }

    /** @param namespace where the tables are in the sink */
    private SinkState(Path warehouse, String namespace, List<Rule> rules) {
        this.warehouse = warehouse;
        this.namespace = namespace;
        this.rules = rules;
    }

    /** What holds in every state that the source ever had. */
    interface Rule {
        void assertHolds(Rows tables) throws Exception;
    }

    /** The tables as of one manifest. */
    interface Rows {
        List<Map<String, @Nullable String>> of(String table) throws Exception;
    }

    /** Every table holds exactly the source's rows, no matter in which order. */
    void assertEqualsSource(ShopFixture shop) throws Exception {
        try (PaimonReader sink = new PaimonReader(warehouse)) {
            assertEqualsSource(shop, sink);
        }
    }

    static void assertEqualsSource(ShopFixture shop, PaimonReader sink) throws Exception {
        try (Connection connection = shop.connect()) {
            Origin origin = shop.origin();
            for (String table : origin.tables(connection)) {
                assertThat(sink.rows(origin.namespace(), table, OptionalLong.empty()))
                        .as("rows of %s", table)
                        .containsExactlyInAnyOrderElementsOf(origin.rows(connection, table));
            }
        }
    }

    /**
     * All tables as of each manifest that claims consistency obey the rules. Manifests that were looked at before are left out:
     * what they name never changes.
     *
     * @return how many were looked at
     */
    int assertManifestsConsistent() throws Exception {
        int found = 0;
        for (JsonNode manifest : manifests()) {
            if (manifest.get("state").asText().equals("consistent")
                    && checked.add(manifest.get("checkpoint").asLong())) {
                assertRules(manifest);
                found++;
            }
        }
        return found;
    }

    private void assertRules(JsonNode manifest) throws Exception {
        try (PaimonReader reader = new PaimonReader(warehouse)) {
            Map<String, List<Map<String, @Nullable String>>> read = new HashMap<>();
            Rows tables = table -> {
                List<Map<String, @Nullable String>> rows = read.get(table);
                if (rows == null) {
                    rows = rows(reader, manifest, table);
                    read.put(table, rows);
                }
                return rows;
            };
            for (Rule rule : rules) {
                rule.assertHolds(tables);
            }
        } catch (AssertionError e) {
            throw new AssertionError("manifest " + manifest, e);
        }
    }

    private List<Map<String, @Nullable String>> rows(PaimonReader reader, JsonNode manifest, String table)
            throws Exception {
        JsonNode snapshot = manifest.get("tables").get(namespace + "." + table);
        return snapshot == null || !snapshot.path("snapshot").isNumber()
                ? List.of()
                : reader.rows(
                        namespace,
                        table,
                        OptionalLong.of(snapshot.get("snapshot").asLong()));
    }

    /** The newest checkpoint whose manifest claims consistency; 0 where there is none. */
    long newestConsistent() throws IOException {
        return manifests().stream()
                .filter(manifest -> manifest.get("state").asText().equals("consistent"))
                .mapToLong(manifest -> manifest.get("checkpoint").asLong())
                .max()
                .orElse(0);
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

    static void assertShopIsRight(Rows tables) throws Exception {
        assertThat(ShopInvariant.violations(shop(tables))).isEmpty();
    }

    private static ShopRows shop(Rows tables) throws Exception {
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

    private static <T> List<T> each(Rows tables, String table, Function<Map<String, @Nullable String>, T> make)
            throws Exception {
        return tables.of(table).stream().map(make).toList();
    }

    private static long whole(Map<String, @Nullable String> row, String column) {
        return Long.parseLong(Objects.requireNonNull(row.get(column)));
    }

    private static BigDecimal amount(Map<String, @Nullable String> row, String column) {
        return new BigDecimal(Objects.requireNonNull(row.get(column)));
    }
}
