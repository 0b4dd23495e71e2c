package dev.millrace.servers.s3;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The objects of a bucket. A write looks at the present object and replaces it in one step. */
final class Bucket {
    private final Lock lock = new ReentrantLock();
    private final NavigableMap<String, StoredObject> objects = new TreeMap<>();

    void put(String key, StoredObject object, Condition condition) {
        lock.lock();
        try {
            condition.demand(objects.get(key));
            objects.put(key, object);
        } finally {
            lock.unlock();
        }
    }

    StoredObject get(String key) {
        lock.lock();
        try {
            StoredObject object = objects.get(key);
            if (object == null) {
                throw S3Error.noSuchKey();
            }
            return object;
        } finally {
            lock.unlock();
        }
    }

    /** An object that is not there counts as deleted, unless the condition names one. */
    void delete(String key, Condition condition) {
        lock.lock();
        try {
            condition.demand(objects.get(key));
            objects.remove(key);
        } finally {
            lock.unlock();
        }
    }

    /** A copy of what is there at one moment, by key. */
    NavigableMap<String, StoredObject> contents() {
        lock.lock();
        try {
            return new TreeMap<>(objects);
        } finally {
            lock.unlock();
        }
    }
}
