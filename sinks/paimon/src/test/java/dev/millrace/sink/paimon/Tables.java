package dev.millrace.sink.paimon;

import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.util.List;

/** Tables that tests write to where it does not matter what is in them. */
final class Tables {
    static final Schema ORDERS = new Schema(
            TableId.of("shop", "orders"),
            1,
            List.of(
                    new Column(0, "id", new DataType.Int64(), false),
                    new Column(1, "state", new DataType.Text(), true)),
            List.of(0));

    /** Without a key: a row that comes twice is there twice. */
    static final Schema EVENTS = new Schema(
            TableId.of("shop", "events"), 1, List.of(new Column(0, "at", new DataType.Int64(), false)), List.of());

    private Tables() {}
}
