package dev.millrace.schema;

/** One step of a table's life. A new kind of step is a new record here; every {@code switch} over it then fails to compile. */
public sealed interface SchemaChange {
    TableId table();

    /** The table is there with this schema, and is empty. Applied to a table that is there already with this schema, it changes nothing. */
    record CreateTable(Schema schema) implements SchemaChange {
        @Override
        public TableId table() {
            return schema.table();
        }
    }

    /** Every row written before is gone. */
    record TruncateTable(TableId table) implements SchemaChange {}
}
