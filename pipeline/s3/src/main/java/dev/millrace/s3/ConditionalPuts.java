package dev.millrace.s3;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Puts of which the store lets one of several rivals through. The client repeats a put whose answer was lost and is then told
 * that an object stands there; where it is its own, by content, the put counts as done. What the store says otherwise is
 * thrown as the client throws it.
 */
public final class ConditionalPuts {
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private final S3Client client;
    private final String bucket;

    public ConditionalPuts(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Puts an object that is not there yet; its etag, or empty where another's stands there. */
    public Optional<String> create(String key, byte[] content) {
        return put(key, content, request -> request.ifNoneMatch("*"));
    }

    /** Replaces the object that has the etag; the new etag, or empty where another has replaced it meanwhile. */
    public Optional<String> replace(String key, byte[] content, String etag) {
        return put(key, content, request -> request.ifMatch(etag));
    }

    private Optional<String> put(String key, byte[] content, Consumer<PutObjectRequest.Builder> condition) {
        try {
            return Optional.of(client.putObject(
                            request -> condition.accept(request.bucket(bucket).key(key)),
                            RequestBody.fromBytes(content))
                    .eTag());
        } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
                throw e;
            }
            return etagOfSame(key, content);
        }
    }

    private Optional<String> etagOfSame(String key, byte[] content) {
        try {
            ResponseBytes<GetObjectResponse> there =
                    client.getObjectAsBytes(request -> request.bucket(bucket).key(key));
            return Optional.of(there)
                    .filter(stored -> Arrays.equals(stored.asByteArrayUnsafe(), content))
                    .map(stored -> stored.response().eTag());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }
}
