package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.spi.PipelineIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.SpecialFields;
import org.apache.paimon.types.DataField;
import org.apache.paimon.utils.StringUtils;

/** Makes sink tables from the source's schemas, and checks those that are there already. */
final class TableCreation {
    private final Warehouse warehouse;
    private final PaimonSettings settings;
    private final PipelineIdentity pipeline;

    TableCreation(Warehouse warehouse, PaimonSettings settings, PipelineIdentity pipeline) {
        this.warehouse = warehouse;
        this.settings = settings;
        this.pipeline = pipeline;
    }

    /** The table as it is in the warehouse afterwards. */
    FileStoreTable createOrCheck(Schema schema) {
        Identifier name = Warehouse.identifier(schema.table());
        refuseUnusableName(schema, name);
        Optional<FileStoreTable> existing = warehouse.find(schema.table());
        if (existing.isPresent()) {
            check(existing.get(), schema);
            return existing.get();
        }
        org.apache.paimon.schema.Schema definition = definition(schema);
        try {
            warehouse.catalog().createDatabase(name.getDatabaseName(), true);
            warehouse.catalog().createTable(name, definition, true);
        } catch (Catalog.DatabaseNotExistException
                | Catalog.DatabaseAlreadyExistException
                | Catalog.TableAlreadyExistException e) {
            throw Failure.during("creating the table " + name, e);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new MillraceException(
                    PaimonError.SCHEMA,
                    "Paimon refuses the table " + name + ": " + e.getMessage(),
                    "Correct the sink's 'table.properties' or 'partition.key', or leave the table out.",
                    e);
        } catch (RuntimeException e) {
            throw Failure.during("creating the table " + name, e);
        }
        return warehouse.table(schema.table());
    }

    /**
     * Looks whether the table could be made, or is there in the right shape. Makes nothing.
     *
     * @param own whether this pipeline has made it
     * @throws MillraceException where it can't be written to
     */
    void requireUsable(Schema schema, boolean own) {
        refuseUnusableName(schema, Warehouse.identifier(schema.table()));
        Optional<FileStoreTable> existing = warehouse.find(schema.table());
        if (existing.isEmpty()) {
            definition(schema);
            return;
        }
        check(existing.get(), schema);
        if (!own) {
            refuseRowsOfOthers(existing.get(), schema);
        }
    }

    /** @throws MillraceException where the table, which this pipeline has not made, has been written to */
    void refuseRowsOfOthers(FileStoreTable table, Schema schema) {
        if (table.snapshotManager().latestSnapshotId() == null) {
            return;
        }
        boolean ours = new PipelineFolder(warehouse, pipeline)
                .otherIds().stream().anyMatch(folder -> new KnownTables(folder).contains(schema.table()));
        throw new MillraceException(
                PaimonError.EXISTING_TABLE,
                "The table " + table.fullName() + " was written before, by "
                        + (ours
                                ? "a pipeline '" + pipeline.name() + "' with another state than this one's;"
                                : "something else than this pipeline;")
                        + " its rows would be mixed with those of " + schema.table() + ".",
                (ours ? "Bring that state back. To start anew " : "To write here ")
                        + "remove the table first (with a filesystem catalog: the folder " + table.location()
                        + "), or route " + schema.table() + " to another name.");
    }

    /** @throws MillraceException where the sink can't write this schema's rows into the table */
    void check(FileStoreTable table, Schema schema) {
        List<String> differences = differences(table, schema);
        if (!differences.isEmpty()) {
            throw new MillraceException(
                    PaimonError.EXISTING_TABLE,
                    "The table " + table.fullName() + " exists with another shape than " + schema.table() + ": "
                            + String.join("; ", differences) + ".",
                    "Alter or drop the Paimon table, or route " + schema.table() + " to another name.");
        }
        if (!table.primaryKeys().isEmpty()) {
            refusePartitionOutsideOfKey(schema, table.partitionKeys(), table.primaryKeys());
            TableOptions.brokenPromise(table.options()).ifPresent(broken -> {
                throw new MillraceException(
                        PaimonError.EXISTING_TABLE,
                        "The table " + table.fullName() + " can't be used. " + broken.message(),
                        "Alter or drop the Paimon table, or route " + schema.table() + " to another name.");
            });
        }
    }

    private List<String> differences(FileStoreTable table, Schema schema) {
        org.apache.paimon.schema.Schema wanted = definition(schema);
        List<DataField> there = table.rowType().getFields();
        List<DataField> here = wanted.fields();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(there.size(), here.size()); i++) {
            if (i >= here.size()) {
                differences.add("column '" + there.get(i).name() + "' is not at the source");
            } else if (i >= there.size()) {
                differences.add("column '" + here.get(i).name() + "' is missing");
            } else if (!there.get(i).name().equals(here.get(i).name())) {
                differences.add("column " + (i + 1) + " is '" + there.get(i).name() + "' instead of '"
                        + here.get(i).name() + "'");
            } else if (!there.get(i).type().equalsIgnoreFieldId(here.get(i).type())) {
                differences.add("column '" + here.get(i).name() + "' is "
                        + there.get(i).type() + " instead of " + here.get(i).type());
            }
        }
        if (!table.primaryKeys().equals(wanted.primaryKeys())) {
            differences.add("its primary key is " + table.primaryKeys() + " instead of " + wanted.primaryKeys());
        }
        differences.addAll(differencesOfLayout(table, wanted));
        return differences;
    }

    /** Only what the pipeline's file asks for: a table made by somebody else may be laid out as they like. */
    private List<String> differencesOfLayout(FileStoreTable table, org.apache.paimon.schema.Schema wanted) {
        List<String> differences = new ArrayList<>();
        if (!wanted.partitionKeys().isEmpty() && !table.partitionKeys().equals(wanted.partitionKeys())) {
            differences.add("it is partitioned by " + table.partitionKeys() + " instead of " + wanted.partitionKeys()
                    + " ('partition.key')");
        }
        String bucket = CoreOptions.BUCKET.key();
        String asked = settings.tableOptions().get(bucket);
        if (asked != null
                && !table.primaryKeys().isEmpty()
                && !asked.equals(table.options().get(bucket))) {
            differences.add("it has " + table.options().getOrDefault(bucket, "no fixed number of")
                    + " buckets instead of " + asked + " ('table.properties.bucket')");
        }
        return differences;
    }

    private org.apache.paimon.schema.Schema definition(Schema schema) {
        Identifier name = Warehouse.identifier(schema.table());
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
    private static void refusePartitionOutsideOfKey(Schema schema, List<String> partition, List<String> key) {
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
