package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.sink.paimon.local.LocalDisk;
import dev.millrace.sink.paimon.local.LocalDiskLoader;
import dev.millrace.sink.paimon.s3.S3FileIOLoader;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.factories.FactoryException;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.UnsupportedSchemeException;
import org.apache.paimon.options.CatalogOptions;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.jspecify.annotations.Nullable;

/** The open catalog and the file system under it. Used by one thread; each writer and the committer have their own. */
final class Warehouse implements AutoCloseable {
    private final Catalog catalog;
    private final FileIO files;
    private final Path root;

    private Warehouse(Catalog catalog, FileIO files, Path root) {
        this.catalog = catalog;
        this.files = files;
        this.root = root;
    }

    static Warehouse open(PaimonSettings settings) {
        Options options = Options.fromMap(settings.catalog());
        options.set(CatalogOptions.CACHE_ENABLED, false);
        // Commits are atomic without a lock: by a rename on a disk, by a conditional put on an object store.
        options.set(CatalogOptions.LOCK_ENABLED, false);
        // A configuration of our own keeps Hadoop from loading its HDFS client and its defaults.
        Configuration hadoop = new Configuration(false);
        Path root = withScheme(new Path(settings.warehouse()));
        options.set(CatalogOptions.WAREHOUSE, root.toString());
        CatalogContext context = CatalogContext.create(options, hadoop, fileSystem(root), null);
        try {
            return new Warehouse(CatalogFactory.createCatalog(context), FileIO.get(root, context), root);
        } catch (IllegalArgumentException | UnsupportedSchemeException | FactoryException | LinkageError e) {
            // A linkage error: a metastore whose classes are in another archive of Paimon's.
            throw new MillraceException(
                    PaimonError.CATALOG,
                    "The Paimon warehouse " + settings.warehouse() + " can't be opened"
                            + settings.metastore()
                                    .map(name -> " by the metastore '" + name + "'")
                                    .orElse("") + ": "
                            + (e instanceof LinkageError
                                    ? "its classes are missing, " + e.getMessage()
                                    : e.getMessage()),
                    "Check 'warehouse' and the 'catalog.properties' of the sink.",
                    e);
        } catch (IOException | RuntimeException e) {
            throw Failure.during("opening the Paimon warehouse " + settings.warehouse(), e);
        }
    }

    /** Paimon asks nobody for the file system of a path without a scheme. */
    private static Path withScheme(Path root) {
        return LocalDiskLoader.serves(root)
                ? new Path("file", null, root.toUri().getPath())
                : root;
    }

    /** The file system to prefer to Paimon's own. */
    private static @Nullable FileIOLoader fileSystem(Path root) {
        if (LocalDiskLoader.serves(root)) {
            return new LocalDiskLoader();
        }
        return S3FileIOLoader.serves(root) ? new S3FileIOLoader(root.toUri().getScheme()) : null;
    }

    /** The file system of the warehouse, for what lies beside the tables. */
    FileIO files() {
        return files;
    }

    /** What was written to the warehouse through this object survives a power cut from here on. */
    void sync() {
        if (files instanceof LocalDisk disk) {
            try {
                disk.sync();
            } catch (IOException e) {
                throw Failure.during("waiting until the disk holds what was written to " + root, e);
            }
        }
    }

    Path root() {
        return root;
    }

    Catalog catalog() {
        return catalog;
    }

    /** Paimon knows databases and tables only: a schema, where the source has one, takes the place of the database. */
    static Identifier identifier(TableId table) {
        return Identifier.create(table.schema().isEmpty() ? table.database() : table.schema(), table.name());
    }

    Optional<FileStoreTable> find(TableId id) {
        try {
            Table table = catalog.getTable(identifier(id));
            if (table instanceof FileStoreTable found) {
                return Optional.of(found);
            }
            throw new MillraceException(
                    PaimonError.EXISTING_TABLE,
                    identifier(id).getFullName() + " exists and is not a Paimon table that can be written to.",
                    "Rename it, or route " + id + " to another name.");
        } catch (Catalog.TableNotExistException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw Failure.during("opening the table " + identifier(id).getFullName(), e);
        }
    }

    FileStoreTable table(TableId id) {
        return find(id).orElseThrow(() -> new MillraceException(
                PaimonError.NOT_FOUND,
                "The table " + identifier(id).getFullName() + " is not in the warehouse " + root + ".",
                "If it was removed by hand: 'cdc drop', remove the pipeline's other tables, too, and start anew."));
    }

    @Override
    public void close() {
        try {
            catalog.close();
        } catch (Exception e) {
            throw Failure.during("closing the warehouse " + root, e);
        }
    }
}
