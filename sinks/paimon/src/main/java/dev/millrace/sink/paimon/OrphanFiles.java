package dev.millrace.sink.paimon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.RemoteIterator;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.manifest.ManifestCommittable;
import org.apache.paimon.manifest.ManifestEntry;
import org.apache.paimon.manifest.ManifestFile;
import org.apache.paimon.manifest.ManifestFileMeta;
import org.apache.paimon.manifest.ManifestList;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.TableCommitImpl;

/**
 * Data files that a run of this pipeline left behind when it died: they carry the pipeline's prefix, and no snapshot of the
 * table that is still there ever added or removed them. Runs only while nothing of the pipeline writes.
 */
final class OrphanFiles {
    private final FileStoreTable table;
    private final String prefix;
    private final String maintenanceUser;

    OrphanFiles(FileStoreTable table, Signature signature) {
        this.table = table;
        this.prefix = signature.filePrefix();
        this.maintenanceUser = signature.maintenanceUser();
    }

    /** How many files were removed. */
    int remove() throws IOException {
        List<Path> candidates = ownFiles();
        // Branches have snapshots of their own, which nobody has looked through here.
        if (candidates.isEmpty() || !table.branchManager().branches().isEmpty()) {
            return 0;
        }
        List<Path> unnamed = without(candidates, namedFiles());
        if (unnamed.isEmpty()) {
            return 0;
        }
        takeNextSnapshot();
        List<Path> orphans = without(unnamed, namedFiles());
        orphans.forEach(table.fileIO()::deleteQuietly);
        return orphans.size();
    }

    /**
     * An earlier run may have been ended while an object store was already at work on a merge's snapshot. It becomes
     * visible before this one, and its files are named, or never, because its number is taken.
     */
    @SuppressWarnings("try") // close() declares Exception
    private void takeNextSnapshot() throws IOException {
        try (TableCommitImpl commit =
                table.copy(Map.of(CoreOptions.WRITE_ONLY.key(), "true")).newCommit(maintenanceUser)) {
            commit.ignoreEmptyCommit(false).commit(new ManifestCommittable(BatchWriteBuilder.COMMIT_IDENTIFIER));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static List<Path> without(List<Path> files, Set<String> named) {
        return files.stream().filter(file -> !named.contains(file.getName())).toList();
    }

    private List<Path> ownFiles() throws IOException {
        List<Path> own = new ArrayList<>();
        RemoteIterator<FileStatus> files = table.fileIO().listFilesIterative(table.location(), true);
        while (files.hasNext()) {
            Path path = files.next().getPath();
            if (path.getName().startsWith(prefix)) {
                own.add(path);
            }
        }
        return own;
    }

    /** All files of the oldest snapshot and all that later ones have added or removed; tags likewise. */
    private Set<String> namedFiles() throws IOException {
        Set<String> named = new HashSet<>();
        ManifestList lists = table.store().manifestListFactory().create();
        ManifestFile manifests = table.store().manifestFileFactory().create();
        boolean oldest = true;
        for (Snapshot snapshot : table.snapshotManager().safelyGetAllSnapshots().stream()
                .sorted((a, b) -> Long.compare(a.id(), b.id()))
                .toList()) {
            add(named, manifests, oldest ? lists.readDataManifests(snapshot) : lists.readDeltaManifests(snapshot));
            add(named, manifests, lists.readChangelogManifests(snapshot));
            oldest = false;
        }
        for (Snapshot tag : table.tagManager().taggedSnapshots()) {
            add(named, manifests, lists.readDataManifests(tag));
        }
        return named;
    }

    private static void add(Set<String> named, ManifestFile manifests, List<ManifestFileMeta> metas) {
        for (ManifestFileMeta meta : metas) {
            for (ManifestEntry entry : manifests.read(meta.fileName(), meta.fileSize())) {
                DataFileMeta file = entry.file();
                named.add(file.fileName());
                named.addAll(file.extraFiles());
            }
        }
    }
}
