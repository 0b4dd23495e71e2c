package dev.millrace.source.relational.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.schema.TableId;
import dev.millrace.source.relational.config.TablePatterns.Form;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablePatternsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "shop.\\.*; shop; orders; true",
                "shop.\\.*; shops; orders; false",
                "shop_[0-9]+.orders; shop_12; orders; true",
                "shop_[0-9]+.orders; shop_12; orders_old; false",
                "shop.orders, crm.\\.*; crm; people; true",
                "Shop.Orders; shop; orders; true",
                "\\.*.a{1\\,3}; x; aaa; true",
            })
    void databasesAreExpressionsWhereThereAreNoSchemas(String tables, String database, String name, boolean matches) {
        TablePatterns patterns = TablePatterns.parse(Form.DATABASES, tables, "");
        assertThat(patterns.match(TableId.of(database, name))).isEqualTo(matches);
        assertThat(patterns.database()).isEmpty();
    }

    @Test
    void excludedTablesAreLeftOut() {
        TablePatterns patterns = TablePatterns.parse(Form.DATABASES, "shop.\\.*", "shop.tmp_\\.*");
        assertThat(patterns.match(TableId.of("shop", "tmp_1"))).isFalse();
        assertThat(patterns.match(TableId.of("shop", "orders"))).isTrue();
    }

    @Test
    void patternsThatNoTableGoesByAreNamed() {
        TablePatterns patterns = TablePatterns.parse(Form.DATABASES, "shop.orders, shop.custmers, crm.\\.*", "");
        assertThat(patterns.unmatched(List.of(TableId.of("shop", "orders"), TableId.of("shop", "customers"))))
                .extracting(Object::toString)
                .containsExactly("shop.custmers", "crm..*");
    }

    @Test
    void namesOfThreePartsBelongToOneDatabase() {
        assertThat(TablePatterns.parse(Form.SCHEMAS_OF_ONE_DATABASE, "shop.public.a", "")
                        .database())
                .isEqualTo("shop");
        assertThatThrownBy(() -> TablePatterns.parse(Form.SCHEMAS_OF_ONE_DATABASE, "shop.public.a, other.public.b", ""))
                .hasMessageContaining("two databases");
    }

    @ParameterizedTest
    @CsvSource({"orders", "shop.public.orders", "shop.[", "' , '"})
    void refusesWhatCannotBeMeant(String tables) {
        assertThatThrownBy(() -> TablePatterns.parse(Form.DATABASES, tables, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
