package dev.millrace.sink.paimon.s3;

import dev.millrace.s3.ConditionalPuts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** The calls to S3 that a file system needs; failures are {@link IOException}s, as Paimon expects them. */
final class S3Objects implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private final S3Client client;

    S3Objects(S3Client client) {
        this.client = client;
    }

    Optional<HeadObjectResponse> head(S3Address address) throws IOException {
        return optional(
                "look at",
                address,
                () -> client.headObject(
                        request -> request.bucket(address.bucket()).key(address.key())));
    }

    /** The bytes from one offset to another, fewer where the object ends before. */
    byte[] read(S3Address address, long from, long to) throws IOException {
        try {
            return client.getObjectAsBytes(request ->
                            request.bucket(address.bucket()).key(address.key()).range("bytes=" + from + "-" + (to - 1)))
                    .asByteArray();
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                return new byte[0];
            }
            if (e.statusCode() == NOT_FOUND) {
                throw missing(address);
            }
            throw failed("read", address, e);
        } catch (SdkException e) {
            throw failed("read", address, e);
        }
    }

    void put(S3Address address, byte[] content) throws IOException {
        call(
                "write",
                address,
                () -> client.putObject(
                        request -> request.bucket(address.bucket()).key(address.key()),
                        RequestBody.fromBytes(content)));
    }

    /** Puts an object that is not there yet. An own put whose answer was lost counts as done. */
    boolean putNew(S3Address address, byte[] content) throws IOException {
        return call(
                "write",
                address,
                () -> new ConditionalPuts(client, address.bucket())
                        .create(address.key(), content)
                        .isPresent());
    }

    String startUpload(S3Address address) throws IOException {
        return call(
                "write",
                address,
                () -> client.createMultipartUpload(
                                request -> request.bucket(address.bucket()).key(address.key()))
                        .uploadId());
    }

    CompletedPart uploadPart(S3Address address, String upload, int number, byte[] content) throws IOException {
        String etag = call(
                "write",
                address,
                () -> client.uploadPart(
                                request -> request.bucket(address.bucket())
                                        .key(address.key())
                                        .uploadId(upload)
                                        .partNumber(number),
                                RequestBody.fromBytes(content))
                        .eTag());
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    void completeUpload(S3Address address, String upload, List<CompletedPart> parts) throws IOException {
        call(
                "write",
                address,
                () -> client.completeMultipartUpload(request -> request.bucket(address.bucket())
                        .key(address.key())
                        .uploadId(upload)
                        .multipartUpload(
                                CompletedMultipartUpload.builder().parts(parts).build())));
    }

    void abortUpload(S3Address address, String upload) throws IOException {
        call(
                "give up writing",
                address,
                () -> client.abortMultipartUpload(request ->
                        request.bucket(address.bucket()).key(address.key()).uploadId(upload)));
    }

    void copy(S3Address from, S3Address to) throws IOException {
        call(
                "copy",
                from,
                () -> client.copyObject(request -> request.sourceBucket(from.bucket())
                        .sourceKey(from.key())
                        .destinationBucket(to.bucket())
                        .destinationKey(to.key())));
    }

    void delete(S3Address address) throws IOException {
        call(
                "remove",
                address,
                () -> client.deleteObject(
                        request -> request.bucket(address.bucket()).key(address.key())));
    }

    /** What lies directly in a folder. */
    List<ListObjectsV2Response> listFolder(S3Address folder) throws IOException {
        return call(
                "list",
                folder,
                () -> client
                        .listObjectsV2Paginator(request -> request.bucket(folder.bucket())
                                .prefix(folder.prefix())
                                .delimiter("/"))
                        .stream()
                        .toList());
    }

    /** All that lies in a folder and below. */
    List<S3Object> listAll(S3Address folder) throws IOException {
        return call("list", folder, () -> {
            ListObjectsV2Iterable pages = client.listObjectsV2Paginator(
                    request -> request.bucket(folder.bucket()).prefix(folder.prefix()));
            return pages.contents().stream().toList();
        });
    }

    boolean hasAny(S3Address folder) throws IOException {
        return call(
                "list",
                folder,
                () -> client.listObjectsV2(request -> request.bucket(folder.bucket())
                                        .prefix(folder.prefix())
                                        .maxKeys(1))
                                .keyCount()
                        > 0);
    }

    @Override
    public void close() {
        client.close();
    }

    static FileNotFoundException missing(S3Address address) {
        return new FileNotFoundException("s3://" + address.bucket() + "/" + address.key() + " does not exist");
    }

    private static <T> Optional<T> optional(String verb, S3Address address, Supplier<T> call) throws IOException {
        try {
            return Optional.of(call.get());
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failed(verb, address, e);
        } catch (SdkException e) {
            throw failed(verb, address, e);
        }
    }

    private static <T> T call(String verb, S3Address address, Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failed(verb, address, e);
        }
    }

    private static IOException failed(String verb, S3Address address, SdkException cause) {
        return new IOException(
                "could not " + verb + " s3://" + address.bucket() + "/" + address.key() + ": " + cause.getMessage(),
                cause);
    }
}
