package dev.millrace.servers.s3;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Requests about a whole object. */
final class ObjectOperations {
    private static final int PARTIAL_CONTENT = 206;
    private final Buckets buckets;

    ObjectOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    S3Response perform(S3Request request) {
        return switch (request.method()) {
            case "PUT" -> request.copySource().isPresent() ? copy(request) : put(request);
            case "GET", "HEAD" -> get(request);
            case "DELETE" -> {
                buckets.get(request.bucket()).delete(request.key(), Condition.of(request));
                yield S3Response.empty(204);
            }
            default -> throw S3Error.notImplemented();
        };
    }

    private S3Response put(S3Request request) {
        StoredObject object = StoredObject.of(request.body(), StoredObject.metadataOf(request));
        buckets.get(request.bucket()).put(request.key(), object, Condition.of(request));
        return S3Response.empty(200).with("ETag", object.etag());
    }

    private S3Response copy(S3Request request) {
        StoredObject object = buckets.object(request.copySource().orElseThrow()).copied();
        buckets.get(request.bucket()).put(request.key(), object, Condition.of(request));
        return S3Response.xml(new Xml("CopyObjectResult")
                .text("ETag", object.etag())
                .text("LastModified", object.modified().toString()));
    }

    private S3Response get(S3Request request) {
        StoredObject object = buckets.get(request.bucket()).get(request.key());
        if (request.header("If-Match").filter(tag -> !object.hasTag(tag)).isPresent()) {
            throw S3Error.preconditionFailed();
        }
        Map<String, String> headers = headers(object);
        if (request.header("If-None-Match").filter(object::hasTag).isPresent()) {
            return new S3Response(304, headers, new byte[0]);
        }
        Optional<String> range = request.header("Range");
        if (range.isEmpty()) {
            return new S3Response(200, headers, object.data());
        }
        ByteRange part = ByteRange.of(range.get(), object.data().length);
        return new S3Response(PARTIAL_CONTENT, headers, part.of(object.data()))
                .with("Content-Range", part.contentRange(object.data().length));
    }

    private static Map<String, String> headers(StoredObject object) {
        Map<String, String> headers = new LinkedHashMap<>(object.metadata());
        headers.put("ETag", object.etag());
        headers.put(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(object.modified().atZone(ZoneOffset.UTC)));
        headers.put("Accept-Ranges", "bytes");
        return headers;
    }
}
