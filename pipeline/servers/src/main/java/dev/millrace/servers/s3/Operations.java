package dev.millrace.servers.s3;

/** Finds out what a request wants. */
final class Operations {
    private final Buckets buckets = new Buckets();
    private final BucketOperations onBuckets = new BucketOperations(buckets);
    private final ObjectOperations onObjects = new ObjectOperations(buckets);
    private final UploadOperations onUploads = new UploadOperations(buckets);

    S3Response perform(S3Request request) {
        if (request.key().isEmpty()) {
            return onBuckets.perform(request);
        }
        if (request.asks("uploads") || request.asks("uploadId")) {
            return onUploads.perform(request);
        }
        return onObjects.perform(request);
    }
}
