package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Schema;
import dev.millrace.spi.PipelineIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataField;

/** Makes sink tables from the source's schemas, and checks those that are there already. */
final class TableCreation {
    private final Warehouse warehouse;
    private final PaimonSettings settings;
    private final PipelineIdentity pipeline;
    private final TableDefinition definition;

    TableCreation(Warehouse warehouse, PaimonSettings settings, PipelineIdentity pipeline) {
        this.warehouse = warehouse;
        this.settings = settings;
        this.pipeline = pipeline;
        this.definition = new TableDefinition(settings);
    }

    /** The table as it is in the warehouse afterwards. */
    FileStoreTable createOrCheck(Schema schema) {
        Identifier name = Warehouse.identifier(schema.table());
        org.apache.paimon.schema.Schema wanted = definition.of(schema);
        Optional<FileStoreTable> existing = warehouse.find(schema.table());
        if (existing.isPresent()) {
            check(existing.get(), schema);
            return existing.get();
        }
        try {
            warehouse.catalog().createDatabase(name.getDatabaseName(), true);
            warehouse.catalog().createTable(name, wanted, true);
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
        definition.of(schema);
        Optional<FileStoreTable> existing = warehouse.find(schema.table());
        if (existing.isEmpty()) {
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
            TableDefinition.refusePartitionOutsideOfKey(schema, table.partitionKeys(), table.primaryKeys());
            TableOptions.brokenPromise(table.options()).ifPresent(broken -> {
                throw new MillraceException(
                        PaimonError.EXISTING_TABLE,
                        "The table " + table.fullName() + " can't be used. " + broken.message(),
                        "Alter or drop the Paimon table, or route " + schema.table() + " to another name.");
            });
        }
    }

    private List<String> differences(FileStoreTable table, Schema schema) {
        org.apache.paimon.schema.Schema wanted = definition.of(schema);
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
}
