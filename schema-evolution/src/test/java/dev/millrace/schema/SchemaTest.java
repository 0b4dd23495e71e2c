package dev.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final TableId ORDERS = new TableId("shop", "public", "orders");
    private static final Column ID = new Column(1, "id", new DataType.Int64(), false);

    @Test
    void refusesAColumnThatStandsTwice() {
        assertThatThrownBy(() -> new Schema(ORDERS, 1, List.of(ID, ID), List.of(0)))
                .hasMessageContaining("id of shop.public.orders");
    }

    @Test
    void refusesAKeyThatMayBeNull() {
        Column note = new Column(2, "note", new DataType.Text(), true);
        assertThatThrownBy(() -> new Schema(ORDERS, 1, List.of(ID, note), List.of(1)))
                .hasMessageContaining("note");
    }

    @Test
    void keepsItsShapeUnderAnotherName() {
        Schema routed = new Schema(ORDERS, 3, List.of(ID), List.of(0)).withTable(TableId.of("ods", "orders"));
        assertThat(routed.table()).hasToString("ods.orders");
        assertThat(routed.version()).isEqualTo(3);
        assertThat(routed.hasKey()).isTrue();
    }

    @Test
    void refusesADecimalWithMoreFractionThanDigits() {
        assertThatThrownBy(() -> new DataType.Decimal(3, 4)).hasMessageContaining("decimal(3, 4)");
    }

    @Test
    void ordersTablesByDatabaseSchemaAndName() {
        assertThat(new TableId("a", "b", "z")).isLessThan(new TableId("a", "c", "a"));
        assertThat(TableId.of("a", "z")).isLessThan(new TableId("a", "b", "a"));
    }
}
