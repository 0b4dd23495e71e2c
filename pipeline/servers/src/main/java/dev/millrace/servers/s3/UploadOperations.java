package dev.millrace.servers.s3;

import java.util.Map;
import java.util.Optional;

/** Requests about an object that comes in parts. */
final class UploadOperations {
    private final Buckets buckets;
    private final Uploads uploads = new Uploads();

    UploadOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    S3Response perform(S3Request request) {
        return switch (request.method()) {
            case "POST" -> request.asks("uploads") ? begin(request) : complete(request);
            case "PUT" -> addPart(request);
            case "DELETE" -> {
                uploads.end(request.parameter("uploadId"));
                yield S3Response.empty(204);
            }
            default -> throw S3Error.notImplemented();
        };
    }

    private S3Response begin(S3Request request) {
        buckets.get(request.bucket());
        String id = uploads.begin(StoredObject.metadataOf(request));
        return S3Response.xml(named("InitiateMultipartUploadResult", request).text("UploadId", id));
    }

    private S3Response addPart(S3Request request) {
        Optional<String> source = request.copySource();
        byte[] data = source.map(path -> copied(path, request)).orElse(request.body());
        StoredObject part = StoredObject.of(data, Map.of());
        uploads.addPart(request.parameter("uploadId"), Integer.parseInt(request.parameter("partNumber")), part);
        return source.isPresent()
                ? S3Response.xml(new Xml("CopyPartResult").text("ETag", part.etag()))
                : S3Response.empty(200).with("ETag", part.etag());
    }

    /** The condition is looked at when the object appears, so of two uploads with one key the second fails. */
    private S3Response complete(S3Request request) {
        String id = request.parameter("uploadId");
        var numbers = Xml.texts(request.body(), "PartNumber").stream()
                .map(Integer::valueOf)
                .toList();
        StoredObject object = uploads.assemble(id, numbers);
        buckets.get(request.bucket()).put(request.key(), object, Condition.of(request));
        uploads.end(id);
        return S3Response.xml(named("CompleteMultipartUploadResult", request).text("ETag", object.etag()));
    }

    private byte[] copied(String path, S3Request request) {
        byte[] data = buckets.object(path).data();
        return request.header("x-amz-copy-source-range")
                .map(range -> ByteRange.of(range, data.length).of(data))
                .orElse(data);
    }

    private static Xml named(String answer, S3Request request) {
        return new Xml(answer).text("Bucket", request.bucket()).text("Key", request.key());
    }
}
