package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.sink.paimon.local.LocalDiskLoader;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.paimon.fs.local.LocalFileIO;

/** Looks whether the warehouse can be used, without leaving anything behind. */
final class WarehouseCheck {
    private static final long LITTLE_SPACE = 1L << 30;
    private final PaimonSettings settings;

    WarehouseCheck(PaimonSettings settings) {
        this.settings = settings;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(warehouse("warehouse " + settings.warehouse()));
        TableOptions.unknown(settings.tableOptions())
                .forEach((option, fix) -> findings.add(new Finding(
                        Level.WARNING,
                        "table.properties." + option,
                        "is kept with the tables, but Paimon knows no such option.",
                        fix)));
        return findings;
    }

    private List<Finding> warehouse(String subject) {
        if (isLocal() && settings.metastore().isEmpty()) {
            return local(subject);
        }
        try (Warehouse warehouse = Warehouse.open(settings)) {
            return List.of(new Finding(Level.OK, subject, databases(warehouse), ""));
        } catch (MillraceException e) {
            return List.of(new Finding(Level.ERROR, subject, String.valueOf(e.getMessage()), e.nextStep()));
        }
    }

    /** To open a warehouse on a local disk would make it. */
    boolean isYetToBeMade() {
        return isLocal() && settings.metastore().isEmpty() && !Files.exists(folder());
    }

    private Path folder() {
        return LocalFileIO.create()
                .toFile(new org.apache.paimon.fs.Path(settings.warehouse()))
                .toPath();
    }

    private boolean isLocal() {
        return LocalDiskLoader.serves(new org.apache.paimon.fs.Path(settings.warehouse()));
    }

    /** A warehouse that is not there yet is made by the first start: what counts is the folder above. */
    private List<Finding> local(String subject) {
        Path folder = folder();
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            return List.of(new Finding(
                    Level.ERROR,
                    subject,
                    there + " can't be written to.",
                    "Give the user that runs the pipeline the right to write to " + there + "."));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                Level.OK, subject, there.equals(folder) ? "can be written to" : "will be made in " + there, ""));
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            boolean little = free < LITTLE_SPACE;
            findings.add(new Finding(
                    little ? Level.WARNING : Level.OK,
                    "disk of " + there,
                    String.format(Locale.ROOT, "%,d MB free", free >> 20),
                    little ? "Make room: snapshots and merges need space beside the rows." : ""));
        } catch (IOException e) {
            findings.add(new Finding(
                    Level.WARNING,
                    "disk of " + there,
                    "its free space is not known: " + e.getMessage(),
                    "Look at the disk."));
        }
        return findings;
    }

    private static String databases(Warehouse warehouse) {
        try {
            return "can be reached, holds "
                    + warehouse.catalog().listDatabases().size() + " databases";
        } catch (RuntimeException e) {
            throw Failure.during("listing the databases of " + warehouse.root(), e);
        }
    }
}
