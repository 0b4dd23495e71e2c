package dev.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SinkTablesTest {
    private static final TableId NORTH = TableId.of("shop", "north");
    private static final TableId SOUTH = TableId.of("shop", "south");
    private static final TableId OTHER = TableId.of("shop", "other");
    private static final TableId SHARED = TableId.of("ods", "orders");
    private static final List<SchemaChange> CREATED = List.of(create(NORTH), create(SOUTH), create(OTHER));
    private final SinkTables tables = new SinkTables(CREATED, table -> table.equals(OTHER) ? table : SHARED);

    @Test
    void emptiesATableOnceWhereAllThatShareItBeginAnew() {
        assertThat(tables.routed(List.of(create(NORTH), truncate(NORTH), create(SOUTH), truncate(SOUTH))))
                .containsExactly(create(SHARED), truncate(SHARED));
    }

    @Test
    void refusesToEmptyATableWhereOneOfThoseThatShareItGoesOn() {
        assertRefused(RuntimeCode.TRUNCATE_OF_SHARED, () -> tables.routed(List.of(create(NORTH), truncate(NORTH))));
        assertRefused(RuntimeCode.TRUNCATE_OF_SHARED, () -> tables.nameOfTruncated(NORTH));
        assertThat(tables.nameOfTruncated(OTHER)).isEqualTo(OTHER);
    }

    @Test
    void refusesToShareWhatCanNotBeGoneOnWith() {
        assertRefused(RuntimeCode.SHARED_IN_ONE_PIECE, () -> tables.refuseToShare(Set.of(SOUTH)));
        assertThatCode(() -> tables.refuseToShare(Set.of(OTHER))).doesNotThrowAnyException();
    }

    @Test
    void letsOnlyTablesThatAreNewGoSomewhereElse() {
        assertThatCode(() -> tables.requireSame(Map.of(NORTH, SHARED, TableId.of("shop", "gone"), NORTH)))
                .doesNotThrowAnyException();
        assertRefused(RuntimeCode.STATE_OF_OTHER, () -> tables.requireSame(Map.of(NORTH, NORTH, SOUTH, SHARED)));
    }

    private static void assertRefused(RuntimeCode code, ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static SchemaChange create(TableId table) {
        return new SchemaChange.CreateTable(
                new Schema(table, 1, List.of(new Column(1, "id", new DataType.Int64(), false)), List.of(0)));
    }

    private static SchemaChange truncate(TableId table) {
        return new SchemaChange.TruncateTable(table);
    }
}
