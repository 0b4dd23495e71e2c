package dev.millrace.sink.paimon;

import dev.millrace.servers.s3.MiniS3;
import dev.millrace.servers.s3.S3Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiPredicate;

/** A bucket in memory with lakes in it. */
final class Bucket implements AutoCloseable {
    private final MiniS3 store = MiniS3.started();

    static Bucket made() throws IOException, InterruptedException {
        Bucket bucket = new Bucket();
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(
                    HttpRequest.newBuilder(URI.create(bucket.store.endpoint() + "/lake"))
                            .PUT(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        return bucket;
    }

    MiniS3 store() {
        return store;
    }

    Lake lake(Path folder) {
        return new Lake(folder)
                .with("warehouse", "s3://lake/warehouse")
                .with("catalog.properties.s3.endpoint", store.endpoint().toString())
                .with("catalog.properties.s3.access-key", "any")
                .with("catalog.properties.s3.secret-key", "any")
                .with("catalog.properties.s3.path.style.access", "true");
    }

    /** From now on requests of this kind wait where nothing is done yet. */
    Barrier hold(BiPredicate<String, String> methodAndKey) {
        Barrier barrier = new Barrier(new CountDownLatch(1), new CountDownLatch(1));
        store.faults((method, key) -> {
            if (methodAndKey.test(method, key)) {
                barrier.arrived.countDown();
                barrier.await(barrier.released);
            }
            return Optional.<S3Fault>empty();
        });
        return barrier;
    }

    @Override
    public void close() {
        store.close();
    }

    record Barrier(CountDownLatch arrived, CountDownLatch released) {
        void awaitArrival() {
            await(arrived);
        }

        void release() {
            released.countDown();
        }

        private void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
