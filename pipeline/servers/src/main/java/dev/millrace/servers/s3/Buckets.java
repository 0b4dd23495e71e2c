package dev.millrace.servers.s3;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The buckets by name. */
final class Buckets {
    private final ConcurrentMap<String, Bucket> byName = new ConcurrentHashMap<>();

    void create(String name) {
        byName.putIfAbsent(name, new Bucket());
    }

    Bucket get(String name) {
        Bucket bucket = byName.get(name);
        if (bucket == null) {
            throw new S3Error(404, "NoSuchBucket");
        }
        return bucket;
    }

    void delete(String name) {
        if (!get(name).contents().isEmpty()) {
            throw new S3Error(409, "BucketNotEmpty");
        }
        byName.remove(name);
    }

    SortedSet<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** @param path bucket, slash, key */
    StoredObject object(String path) {
        int slash = path.indexOf('/');
        return get(path.substring(0, slash)).get(path.substring(slash + 1));
    }
}
