package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.SpecialFields;
import org.apache.paimon.utils.StringUtils;

/** What a sink table looks like for a schema of the source. It follows from the pipeline's file alone: no warehouse is needed. */
final class TableDefinition {
    private final PaimonSettings settings;

    TableDefinition(PaimonSettings settings) {
        this.settings = settings;
    }

    /** @throws MillraceException where Paimon could not hold such a table */
    org.apache.paimon.schema.Schema of(Schema schema) {
        Identifier name = Warehouse.identifier(schema.table());
        refuseUnusableName(schema, name);
        org.apache.paimon.schema.Schema.Builder definition = org.apache.paimon.schema.Schema.newBuilder();
        AtomicInteger nestedIds = new AtomicInteger(schema.columns().size());
        for (Column column : schema.columns()) {
            refuseReservedName(schema, column);
            definition.column(
                    column.name(),
                    PaimonTypes.of(column, nestedIds),
                    column.comment().orElse(null));
        }
        for (int index : schema.key()) {
            refuseUnusableKey(schema, schema.columns().get(index));
        }
        List<String> key = schema.key().stream()
                .map(index -> schema.columns().get(index).name())
                .toList();
        definition.primaryKey(key);
        List<String> partition =
                settings.partitionKeys().getOrDefault(name.getDatabaseName() + "." + name.getTableName(), List.of());
        if (schema.hasKey()) {
            refusePartitionOutsideOfKey(schema, partition, key);
        }
        definition.partitionKeys(partition);
        definition.options(TableOptions.forNewTable(settings.tableOptions(), schema.hasKey()));
        schema.comment().ifPresent(definition::comment);
        return definition.build();
    }

    /** A row whose partition changes would stay in the old one as well: only its key says where it was. */
    static void refusePartitionOutsideOfKey(Schema schema, List<String> partition, List<String> key) {
        for (String column : partition) {
            if (!key.contains(column)) {
                throw new MillraceException(
                        PaimonError.SCHEMA,
                        Warehouse.identifier(schema.table()).getFullName() + " can't be partitioned by '" + column
                                + "', which does not belong to its primary key " + key + ".",
                        "Partition by columns of the key only, or not at all.");
            }
        }
    }

    private static void refuseUnusableKey(Schema schema, Column column) {
        boolean nested = column.type() instanceof DataType.Array
                || column.type() instanceof DataType.MapOf
                || column.type() instanceof DataType.Struct;
        if (nested) {
            throw new MillraceException(
                    PaimonError.SCHEMA,
                    "The key column '" + column.name() + "' of " + schema.table()
                            + " is an array, a map or a struct, by which Paimon can't find rows.",
                    "Leave the table out of 'tables'.");
        }
    }

    /** Paimon would refuse it only when the table is made, in a way that looks as if it might pass. */
    private static void refuseReservedName(Schema schema, Column column) {
        if (SpecialFields.isSystemField(column.name())) {
            throw new MillraceException(
                    PaimonError.SCHEMA,
                    "Column '" + column.name() + "' of " + schema.table() + " has a name that Paimon keeps for itself.",
                    "Rename the column at the source, or leave the table out.");
        }
    }

    private static void refuseUnusableName(Schema schema, Identifier name) {
        for (String part : List.of(name.getDatabaseName(), name.getObjectName())) {
            if (isUnusable(part)) {
                throw new MillraceException(
                        PaimonError.SCHEMA,
                        "'" + part + "' of " + schema.table() + " can't be the name of a Paimon database or table.",
                        "Route the table to a name without '$', '/' and '\\' that does not begin with a dot.");
            }
        }
    }

    /** Whether Paimon, or the folder that a database or table lies in, could not go by this name. */
    static boolean isUnusable(String name) {
        return StringUtils.isNullOrWhitespaceOnly(name)
                || name.matches("(?s).*[$/\\\\\\x00-\\x1f].*")
                || name.startsWith(".");
    }
}
