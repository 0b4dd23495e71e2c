package dev.millrace.state.s3;

import dev.millrace.error.MillraceException;
import dev.millrace.s3.ConditionalPuts;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The few calls that state needs, with S3's answers turned into results and errors of ours. */
final class StateObjects implements AutoCloseable {
    private static final int CONFLICT = 409;
    private static final int CLIENT_ERRORS = 400;
    private static final int SERVER_ERRORS = 500;
    private static final int THROTTLED = 429;

    private final S3Client client;
    private final S3Location location;
    private final ConditionalPuts puts;

    StateObjects(S3Client client, S3Location location) {
        this.client = client;
        this.location = location;
        this.puts = new ConditionalPuts(client, location.bucket());
    }

    record Stored(byte[] content, String etag) {}

    Optional<Stored> get(String name) {
        return call("read " + name, () -> {
            try {
                ResponseBytes<GetObjectResponse> found = client.getObjectAsBytes(
                        request -> request.bucket(location.bucket()).key(location.key(name)));
                return Optional.of(
                        new Stored(found.asByteArray(), found.response().eTag()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    /** Puts a new object; its etag, or empty where another's stands there. An own put whose answer was lost counts as done. */
    Optional<String> putNew(String name, byte[] content) {
        return call("write " + name, () -> puts.create(location.key(name), content));
    }

    /** Replaces the object that has the etag; the new etag, or empty where it was replaced by another meanwhile. */
    Optional<String> replace(String name, byte[] content, String etag) {
        return call("write " + name, () -> puts.replace(location.key(name), content, etag));
    }

    /** Names below the location, sorted. */
    List<String> list() {
        return call(
                "list",
                () -> client
                        .listObjectsV2Paginator(
                                request -> request.bucket(location.bucket()).prefix(location.prefix()))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(location.prefix().length()))
                        .sorted()
                        .toList());
    }

    void delete(String name) {
        call(
                "delete " + name,
                () -> client.deleteObject(
                        request -> request.bucket(location.bucket()).key(location.key(name))));
    }

    @Override
    public void close() {
        client.close();
    }

    S3Location location() {
        return location;
    }

    private <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception e) {
            throw failed(what, e, isRefusal(e.statusCode()));
        } catch (SdkException e) {
            throw failed(what, e, false);
        }
    }

    private static boolean isRefusal(int status) {
        return status >= CLIENT_ERRORS && status < SERVER_ERRORS && status != THROTTLED && status != CONFLICT;
    }

    private MillraceException failed(String what, SdkException cause, boolean refused) {
        String message = "The state at " + location + " could not " + what + ": " + cause.getMessage();
        return refused
                ? new MillraceException(
                        S3StateCode.REFUSED,
                        message,
                        "Check the bucket's name and region, and that the credentials may get, put, list and delete there.",
                        cause)
                : new MillraceException(
                        S3StateCode.UNREACHABLE,
                        message,
                        "The pipeline tries again; check the network and the endpoint.",
                        cause);
    }
}
