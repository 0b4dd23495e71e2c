package dev.millrace.sink.paimon.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.SeekableInputStream;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket as a file system. Folders are what keys have in common; an empty one is an empty object whose key ends in a slash. */
final class S3FileIO implements FileIO {
    private static final long serialVersionUID = 1L;
    private transient Optional<S3Objects> connected = Optional.empty();

    @Override
    public boolean isObjectStore() {
        return true;
    }

    @Override
    public void configure(CatalogContext context) {
        connected = Optional.of(new S3Objects(new S3Settings(context.options().toMap()).connect()));
    }

    @Override
    public SeekableInputStream newInputStream(Path path) throws IOException {
        return new S3Input(objects(), S3Address.of(path));
    }

    @Override
    public PositionOutputStream newOutputStream(Path path, boolean overwrite) {
        // Names are unique wherever Paimon asks not to overwrite, except where it writes atomically; see below.
        return new S3Output(objects(), S3Address.of(path));
    }

    @Override
    public boolean tryToWriteAtomic(Path path, String content) throws IOException {
        return objects().putNew(S3Address.of(path), content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        S3Address address = S3Address.of(path);
        if (!address.key().isEmpty()) {
            Optional<HeadObjectResponse> object = objects().head(address);
            if (object.isPresent()) {
                return new Status(
                        path,
                        object.get().contentLength(),
                        false,
                        millis(object.get().lastModified()));
            }
        }
        if (objects().hasAny(address)) {
            return new Status(path, 0, true, 0);
        }
        throw S3Objects.missing(address);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        S3Address folder = S3Address.of(path);
        List<FileStatus> found = new ArrayList<>();
        for (ListObjectsV2Response page : objects().listFolder(folder)) {
            for (CommonPrefix child : page.commonPrefixes()) {
                String name = child.prefix().substring(folder.prefix().length());
                found.add(new Status(new Path(path, name.substring(0, name.length() - 1)), 0, true, 0));
            }
            for (S3Object object : page.contents()) {
                String name = object.key().substring(folder.prefix().length());
                if (!name.isEmpty()) {
                    found.add(new Status(new Path(path, name), object.size(), false, millis(object.lastModified())));
                }
            }
        }
        return found.toArray(FileStatus[]::new);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        S3Address address = S3Address.of(path);
        return (!address.key().isEmpty() && objects().head(address).isPresent())
                || objects().hasAny(address);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        S3Address address = S3Address.of(path);
        List<S3Object> below = recursive ? objects().listAll(address) : List.of();
        if (!recursive && objects().hasAny(address)) {
            List<S3Object> all = objects().listAll(address);
            if (all.size() > 1 || !all.getFirst().key().equals(address.prefix())) {
                throw new IOException(path + " is not empty");
            }
            below = all;
        }
        for (S3Object object : below) {
            objects().delete(new S3Address(address.bucket(), object.key()));
        }
        objects().delete(address);
        return true;
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        S3Address address = S3Address.of(path);
        if (!address.key().isEmpty() && !objects().hasAny(address)) {
            objects().put(new S3Address(address.bucket(), address.prefix()), new byte[0]);
        }
        return true;
    }

    /** Copies and removes, object by object: not atomic, and used for nothing that has to be. */
    @Override
    public boolean rename(Path from, Path to) throws IOException {
        if (exists(to)) {
            return false;
        }
        S3Address source = S3Address.of(from);
        S3Address target = S3Address.of(to);
        if (objects().head(source).isPresent()) {
            objects().copy(source, target);
            objects().delete(source);
            return true;
        }
        for (S3Object object : objects().listAll(source)) {
            S3Address moved = new S3Address(source.bucket(), object.key());
            String rest = object.key().substring(source.prefix().length());
            objects().copy(moved, new S3Address(target.bucket(), target.prefix() + rest));
            objects().delete(moved);
        }
        return true;
    }

    @Override
    public void close() {
        connected.ifPresent(S3Objects::close);
    }

    private S3Objects objects() {
        return connected.orElseThrow(() -> new IllegalStateException("not configured"));
    }

    private static long millis(Instant time) {
        return time.toEpochMilli();
    }

    private record Status(Path path, long length, boolean folder, long modified) implements FileStatus {
        @Override
        public long getLen() {
            return length;
        }

        @Override
        public boolean isDir() {
            return folder;
        }

        @Override
        public Path getPath() {
            return path;
        }

        @Override
        public long getModificationTime() {
            return modified;
        }
    }
}
