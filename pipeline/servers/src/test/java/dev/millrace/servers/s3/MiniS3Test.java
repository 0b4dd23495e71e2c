package dev.millrace.servers.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class MiniS3Test {
    private static final String BUCKET = "bucket";
    private MiniS3 store;
    private S3Client client;

    @BeforeEach
    void open() {
        store = MiniS3.started();
        client = S3Client.builder()
                .endpointOverride(store.endpoint())
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "body")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        client.createBucket(b -> b.bucket(BUCKET));
    }

    @AfterEach
    void close() {
        client.close();
        store.close();
    }

    @Test
    void givesBackWhatWasPutUnderAnyName() {
        for (String key : List.of("a", "deep/er/key", "plus+and space", "ключ/🗝", "per%20cent", "a&b<c>")) {
            put(key, "content of " + key);
            assertThat(get(key)).isEqualTo("content of " + key);
        }
        assertThatThrownBy(() -> get("absent")).isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void keepsLargeObjectsExactly() {
        byte[] data = new byte[5_000_000];
        new Random(1).nextBytes(data);
        client.putObject(b -> b.bucket(BUCKET).key("large"), RequestBody.fromBytes(data));
        assertThat(client.getObjectAsBytes(b -> b.bucket(BUCKET).key("large")).asByteArray())
                .isEqualTo(data);
        assertThat(client.headObject(b -> b.bucket(BUCKET).key("large")).contentLength())
                .isEqualTo(data.length);
    }

    @Test
    void hasExactlyOneWinnerAmongRacingCreators() throws Exception {
        int racers = 8;
        CyclicBarrier start = new CyclicBarrier(racers);
        try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
            for (int round = 0; round < 50; round++) {
                String key = "race/" + round;
                List<Future<Boolean>> attempts = new ArrayList<>();
                for (int racer = 0; racer < racers; racer++) {
                    String content = "by " + racer;
                    attempts.add(threads.submit(() -> {
                        start.await();
                        return succeeds(() -> client.putObject(
                                b -> b.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString(content)));
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int racer = 0; racer < racers; racer++) {
                    if (attempts.get(racer).get()) {
                        winners.add(racer);
                    }
                }
                assertThat(winners).hasSize(1);
                assertThat(get(key)).isEqualTo("by " + winners.get(0));
            }
        }
    }

    @Test
    void replacesOnlyTheVersionThatWasNamed() {
        String first = put("key", "one").eTag();
        client.putObject(b -> b.bucket(BUCKET).key("key").ifMatch(first), RequestBody.fromString("two"));
        assertThatThrownBy(() -> client.putObject(
                        b -> b.bucket(BUCKET).key("key").ifMatch(first), RequestBody.fromString("three")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThatThrownBy(() -> client.putObject(
                        b -> b.bucket(BUCKET).key("absent").ifMatch(first), RequestBody.fromString("four")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
        assertThat(get("key")).isEqualTo("two");
    }

    @Test
    void readsRanges() {
        put("key", "0123456789");
        assertThat(range("bytes=2-4")).isEqualTo("234");
        assertThat(range("bytes=7-")).isEqualTo("789");
        assertThat(range("bytes=-3")).isEqualTo("789");
        assertThat(range("bytes=8-99999999999")).isEqualTo("89");
        assertThatThrownBy(() -> range("bytes=10-"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(416));
    }

    @Test
    void joinsPartsAndKeepsConditions() {
        for (boolean again : new boolean[] {false, true}) {
            String id = client.createMultipartUpload(b -> b.bucket(BUCKET).key("joined"))
                    .uploadId();
            List<CompletedPart> parts = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                int part = number;
                String tag = client.uploadPart(
                                b -> b.bucket(BUCKET).key("joined").uploadId(id).partNumber(part),
                                RequestBody.fromString("part " + part + ";"))
                        .eTag();
                parts.add(CompletedPart.builder().partNumber(part).eTag(tag).build());
            }
            boolean completed = succeeds(() -> client.completeMultipartUpload(b ->
                    b.bucket(BUCKET).key("joined").uploadId(id).ifNoneMatch("*").multipartUpload(u -> u.parts(parts))));
            assertThat(completed).isEqualTo(!again);
        }
        assertThat(get("joined")).isEqualTo("part 1;part 2;part 3;");
    }

    @Test
    void forgetsAbortedUploads() {
        String id =
                client.createMultipartUpload(b -> b.bucket(BUCKET).key("never")).uploadId();
        client.abortMultipartUpload(b -> b.bucket(BUCKET).key("never").uploadId(id));
        assertThatThrownBy(() -> client.uploadPart(
                        b -> b.bucket(BUCKET).key("never").uploadId(id).partNumber(1), RequestBody.fromString("x")))
                .isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> get("never")).isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void listsPageByPageInBothVersions() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String key = "list/%02d".formatted(i);
            put(key, "x");
            keys.add(key);
        }
        put("other", "x");

        assertThat(client.listObjectsV2Paginator(
                                b -> b.bucket(BUCKET).prefix("list/").maxKeys(10))
                        .contents())
                .extracting(S3Object::key)
                .containsExactlyElementsOf(keys);
        var firstPage = client.listObjects(b -> b.bucket(BUCKET).prefix("list/").maxKeys(20));
        var secondPage =
                client.listObjects(b -> b.bucket(BUCKET).prefix("list/").marker(firstPage.nextMarker()));
        assertThat(firstPage.contents()).hasSize(20);
        assertThat(secondPage.contents()).extracting(S3Object::key).containsExactlyElementsOf(keys.subList(20, 25));
    }

    @Test
    void listsFoldersOnceOverPages() {
        for (String folder : List.of("a", "b", "c")) {
            put("root/" + folder + "/1", "x");
            put("root/" + folder + "/2", "x");
        }
        put("root/file", "x");
        var pages = client.listObjectsV2Paginator(
                b -> b.bucket(BUCKET).prefix("root/").delimiter("/").maxKeys(1));

        List<String> folders = pages.stream()
                .map(ListObjectsV2Response::commonPrefixes)
                .flatMap(List::stream)
                .map(CommonPrefix::prefix)
                .toList();

        assertThat(folders).containsExactly("root/a/", "root/b/", "root/c/");
        assertThat(pages.contents()).extracting(S3Object::key).containsExactly("root/file");
    }

    @Test
    void copiesAndDeletes() {
        put("from/a b", "content");
        client.copyObject(b -> b.sourceBucket(BUCKET)
                .sourceKey("from/a b")
                .destinationBucket(BUCKET)
                .destinationKey("to"));
        assertThat(get("to")).isEqualTo("content");

        client.deleteObject(b -> b.bucket(BUCKET).key("from/a b"));
        put("more", "x");
        client.deleteObjects(b -> b.bucket(BUCKET)
                .delete(d -> d.objects(
                        ObjectIdentifier.builder().key("to").build(),
                        ObjectIdentifier.builder().key("more").build())));
        assertThat(client.listObjectsV2(b -> b.bucket(BUCKET)).contents()).isEmpty();
        client.deleteBucket(b -> b.bucket(BUCKET));
        assertThatThrownBy(() -> put("key", "x")).hasMessageContaining("NoSuchBucket");
    }

    @Test
    void failsOnDemand() {
        store.faults((method, path) ->
                method.equals("PUT") ? Optional.of(new S3Fault.Status(503, "SlowDown")) : Optional.empty());
        assertThatThrownBy(() -> put("key", "x"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(503));
        store.faults((method, path) -> Optional.of(new S3Fault.Drop()));
        assertThatThrownBy(() -> put("key", "x")).isInstanceOf(SdkException.class);
        store.heal();
        assertThatThrownBy(() -> get("key")).isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void losesAnswersOfWorkThatIsDone() {
        AtomicInteger asked = new AtomicInteger();
        store.faults((method, path) -> path.equals("bucket/key") && asked.getAndIncrement() == 0
                ? Optional.of(new S3Fault.LoseAnswer())
                : Optional.empty());
        assertThatThrownBy(() -> put("key", "done")).isInstanceOf(SdkException.class);
        assertThat(get("key")).isEqualTo("done");
    }

    @Test
    void answersLate() {
        store.faults((method, path) -> Optional.of(new S3Fault.Delay(Duration.ofMillis(200))));
        long start = System.nanoTime();
        put("key", "x");
        assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
    }

    private PutObjectResponse put(String key, String content) {
        return client.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private String get(String key) {
        return client.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asString(UTF_8);
    }

    private String range(String range) {
        return client.getObjectAsBytes(b -> b.bucket(BUCKET).key("key").range(range))
                .asString(UTF_8);
    }

    private static boolean succeeds(Runnable attempt) {
        try {
            attempt.run();
            return true;
        } catch (S3Exception e) {
            assertThat(e.statusCode()).isEqualTo(412);
            return false;
        }
    }
}
